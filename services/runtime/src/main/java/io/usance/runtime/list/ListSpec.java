package io.usance.runtime.list;

import io.usance.runtime.ids.Ids;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.Problems;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a list can be filtered and sorted by, and the reading of a request's query parameters against it. Immutable; built
 * once per list:
 *
 * <pre>{@code
 * private static final ListSpec LIST = ListSpec.sortedBy("created_at")
 *         .filterable("key", FieldKind.TEXT, "key").filterable("name", FieldKind.TEXT, "name")
 *         .sortable("key", "key").sortable("name", "name").sortable("created_at", "createdAt");
 * }</pre>
 *
 * Expressions are HQL over the row that the list shows. A field without an expression is left to the caller, who takes it
 * out of the request with {@link ListRequest#take}.
 */
public final class ListSpec {
    public static final int PAGE_SIZE_DEFAULT = 20;
    public static final int PAGE_SIZE_MAX = 1_000;
    public static final int CURSOR_PAGE_SIZE_MAX = 100;
    public static final int PAGE_NUMBER_MAX = 1_000_000;
    public static final int FILTER_VALUES_MAX = 50;
    public static final int FILTER_VALUE_LENGTH_MAX = 1_024;
    public static final int SORT_FIELDS_MAX = 5;

    private static final Instant TIME_MIN = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant TIME_MAX = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Pattern FILTER = Pattern.compile("filter\\[([^\\]]*)](?:\\[([^\\]]*)])?");
    private static final Pattern PAGE = Pattern.compile("page\\[([^\\]]*)]");

    private final SortOrder defaultSort;
    private final Map<String, FieldKind> filterable;
    private final Map<String, String> sortable;
    private final Map<String, String> expressions;
    private final Map<String, String> conditionsOfAny;

    private ListSpec(
            SortOrder defaultSort,
            Map<String, FieldKind> filterable,
            Map<String, String> sortable,
            Map<String, String> expressions,
            Map<String, String> conditionsOfAny) {
        this.defaultSort = defaultSort;
        this.filterable = filterable;
        this.sortable = sortable;
        this.expressions = expressions;
        this.conditionsOfAny = conditionsOfAny;
    }

    /** A list that is sorted by {@code field}, ascending, unless the request says otherwise. */
    public static ListSpec sortedBy(String field) {
        return new ListSpec(new SortOrder(field, false), Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** A list that shows the greatest {@code field} first unless the request says otherwise. */
    public static ListSpec sortedByDescending(String field) {
        return new ListSpec(new SortOrder(field, true), Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** Takes filters on {@code field}, compared with the HQL {@code expression}. */
    public ListSpec filterable(String field, FieldKind kind, String expression) {
        return new ListSpec(
                defaultSort,
                with(filterable, field, kind),
                sortable,
                with(expressions, field, expression),
                conditionsOfAny);
    }

    /**
     * Takes filters on {@code field}, of which a row has any number of values: a row is shown when one of them compares, and
     * with {@code neq} when none is equal.
     *
     * @param expression HQL of one value
     * @param any HQL condition that some value compares, with {@code %s} for the comparison, e.g. {@code exists (select 1
     *     from SubjectRow s where s.namespace = :namespace and s.customerId = this.id and %s)}
     */
    public ListSpec filterableByAny(String field, FieldKind kind, String expression, String any) {
        return new ListSpec(
                defaultSort,
                with(filterable, field, kind),
                sortable,
                with(expressions, field, expression),
                with(conditionsOfAny, field, any));
    }

    /** Takes filters on {@code field}, which the caller takes out of the request and applies itself. */
    public ListSpec filterable(String field, FieldKind kind) {
        return new ListSpec(defaultSort, with(filterable, field, kind), sortable, expressions, conditionsOfAny);
    }

    /** Can be sorted by {@code field}. */
    public ListSpec sortable(String field, String expression) {
        return new ListSpec(defaultSort, filterable, with(sortable, field, expression), expressions, conditionsOfAny);
    }

    /**
     * Reads a page list's parameters.
     *
     * @throws ProblemException 400 that lists every unknown, repeated or malformed parameter
     */
    public ListRequest parse(UriInfo uri) {
        return parse(uri.getQueryParameters());
    }

    ListRequest parse(MultivaluedMap<String, String> parameters) {
        List<InvalidParameter> faults = new ArrayList<>();
        int size = number(parameters, "page[size]", PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, faults);
        int page = number(parameters, "page[number]", 1, PAGE_NUMBER_MAX, faults);
        refuseOtherPageParameters(parameters, List.of("size", "number"), faults);
        List<Condition> conditions = conditions(parameters, faults);
        List<SortOrder> sort = sort(parameters, faults);
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
        return new ListRequest(this, page, size, conditions, sort);
    }

    /**
     * Reads a cursor list's parameters.
     *
     * @throws ProblemException 400 that lists every unknown, repeated or malformed parameter
     */
    public CursorRequest parseCursor(UriInfo uri) {
        return parseCursor(uri.getQueryParameters());
    }

    CursorRequest parseCursor(MultivaluedMap<String, String> parameters) {
        List<InvalidParameter> faults = new ArrayList<>();
        int size = number(parameters, "page[size]", PAGE_SIZE_DEFAULT, CURSOR_PAGE_SIZE_MAX, faults);
        Cursor after = null;
        if (parameters.containsKey("page[before]")) {
            faults.add(InvalidParameter.query(
                    "page[before]", "invalid", "is not supported: lists are read forwards with page[after]"));
        }
        if (parameters.containsKey("page[after]")) {
            after = Cursor.decode(parameters.getFirst("page[after]")).orElse(null);
            if (after == null) {
                faults.add(InvalidParameter.query(
                        "page[after]", "invalid", "is not a cursor that this list gave out in meta.page.next"));
            }
        }
        refuseOtherPageParameters(parameters, List.of("size", "after", "before"), faults);
        List<Condition> conditions = conditions(parameters, faults);
        List<SortOrder> sort = sort(parameters, faults);
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
        return new CursorRequest(this, size, after, conditions, sort);
    }

    String expression(String field) {
        return expressions.get(field);
    }

    /** The condition that any of the field's values compares, with {@code %s} for the comparison; null for one value. */
    String conditionOfAny(String field) {
        return conditionsOfAny.get(field);
    }

    String sortExpression(String field) {
        return sortable.get(field);
    }

    private static int number(
            MultivaluedMap<String, String> parameters,
            String name,
            int byDefault,
            int maximum,
            List<InvalidParameter> faults) {
        List<String> given = parameters.get(name);
        if (given == null) {
            return byDefault;
        }
        if (isRepeated(name, given, faults)) {
            return byDefault;
        }
        int value;
        try {
            value = Integer.parseInt(given.getFirst());
        } catch (NumberFormatException notANumber) {
            faults.add(InvalidParameter.query(name, "is_integer", "must be an integer from 1 to " + maximum));
            return byDefault;
        }
        if (value < 1) {
            faults.add(InvalidParameter.query(name, "min", "must be at least 1").withMinimum(1));
        } else if (value > maximum) {
            faults.add(InvalidParameter.query(name, "max", "must be at most " + maximum)
                    .withMaximum(maximum));
        }
        return value;
    }

    private static void refuseOtherPageParameters(
            MultivaluedMap<String, String> parameters, List<String> known, List<InvalidParameter> faults) {
        for (String name : parameters.keySet()) {
            Matcher page = PAGE.matcher(name);
            if ("page".equals(name) || (page.matches() && !known.contains(page.group(1)))) {
                faults.add(InvalidParameter.query(
                        name,
                        "unknown_property",
                        "is not a parameter of this list: use "
                                + known.stream().map(key -> "page[" + key + "]").collect(Collectors.joining(", "))));
            }
        }
    }

    private List<Condition> conditions(MultivaluedMap<String, String> parameters, List<InvalidParameter> faults) {
        List<Condition> conditions = new ArrayList<>();
        Map<String, String> parameterOfField = new LinkedHashMap<>();
        parameters.forEach((name, given) -> {
            if (!"filter".equals(name) && !name.startsWith("filter[")) {
                return;
            }
            Matcher filter = FILTER.matcher(name);
            if (!filter.matches()) {
                faults.add(InvalidParameter.query(name, "invalid", "must be written filter[field][operator]=value"));
                return;
            }
            String field = filter.group(1);
            FieldKind kind = filterable.get(field);
            if (kind == null) {
                faults.add(InvalidParameter.query(
                        name,
                        "unknown_property",
                        "this list cannot be filtered by it; it can by " + filterable.keySet()));
                return;
            }
            if (isRepeated(name, given, faults)) {
                return;
            }
            // Times alone are asked for by ranges.
            if (kind != FieldKind.TIME && parameterOfField.putIfAbsent(field, name) != null) {
                faults.add(InvalidParameter.query(
                        name,
                        "invalid",
                        "comes beside " + parameterOfField.get(field) + ": a field takes one operator"));
                return;
            }
            Operator operator = filter.group(2) == null
                    ? Operator.EQ
                    : Operator.parse(filter.group(2)).orElse(null);
            if (operator == null || !kind.operators().contains(operator)) {
                List<String> choices =
                        kind.operators().stream().map(Operator::wireName).toList();
                faults.add(InvalidParameter.query(name, "enum", "takes one of the operators " + choices)
                        .withChoices(choices));
                return;
            }
            condition(name, field, kind, operator, given.getFirst(), faults).ifPresent(conditions::add);
        });
        return conditions;
    }

    private static Optional<Condition> condition(
            String name, String field, FieldKind kind, Operator operator, String text, List<InvalidParameter> faults) {
        if (text.length() > FILTER_VALUE_LENGTH_MAX) {
            faults.add(InvalidParameter.query(
                            name, "max_length", "must have at most " + FILTER_VALUE_LENGTH_MAX + " characters")
                    .withMaximum(FILTER_VALUE_LENGTH_MAX));
            return Optional.empty();
        }
        if (text.indexOf('\0') >= 0) {
            faults.add(InvalidParameter.query(name, "invalid", "must not contain the character NUL"));
            return Optional.empty();
        }
        if (operator == Operator.EXISTS) {
            if (!"true".equals(text) && !"false".equals(text)) {
                faults.add(InvalidParameter.query(name, "is_boolean", "must be true or false"));
                return Optional.empty();
            }
            return Optional.of(new Condition(field, operator, List.of(Boolean.valueOf(text))));
        }
        String sought = kind == FieldKind.LOWER_CASE ? text.toLowerCase(Locale.ROOT) : text;
        List<String> texts = operator.takesList() ? Arrays.asList(sought.split(",", -1)) : List.of(sought);
        if (texts.size() > FILTER_VALUES_MAX) {
            faults.add(InvalidParameter.query(name, "max_items", "must have at most " + FILTER_VALUES_MAX + " values")
                    .withMaximum(FILTER_VALUES_MAX));
            return Optional.empty();
        }
        if (kind == FieldKind.ID && !texts.stream().allMatch(Ids::isUlid)) {
            faults.add(InvalidParameter.query(name, "matches_regex", "must be a ULID"));
            return Optional.empty();
        }
        if (kind == FieldKind.TIME) {
            try {
                return Optional.of(new Condition(field, operator, List.of(instant(text))));
            } catch (DateTimeParseException notATime) {
                faults.add(InvalidParameter.query(
                        name, "is_date_time", "must be an RFC 3339 date-time such as 2026-01-31T10:00:00Z"));
                return Optional.empty();
            }
        }
        return Optional.of(new Condition(field, operator, texts));
    }

    private static Instant instant(String text) {
        // A plus sign that was not percent-encoded arrives as a space.
        Instant instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        if (!isWritable(instant)) {
            throw new DateTimeParseException("not a year of four digits", text, 0);
        }
        return instant;
    }

    /** Whether RFC 3339 can write {@code instant}; Java reads years that neither it nor the database has. */
    static boolean isWritable(Instant instant) {
        return !instant.isBefore(TIME_MIN) && instant.isBefore(TIME_MAX);
    }

    private List<SortOrder> sort(MultivaluedMap<String, String> parameters, List<InvalidParameter> faults) {
        List<String> given = parameters.get("sort");
        if (given == null || isRepeated("sort", given, faults)) {
            return List.of(defaultSort);
        }
        List<SortOrder> orders = new ArrayList<>();
        for (String part : given.getFirst().split(",")) {
            String[] words = part.strip().split("\\s+");
            boolean directed = words.length == 2 && (words[1].equals("asc") || words[1].equals("desc"));
            if (words.length > 2 || (words.length == 2 && !directed)) {
                faults.add(InvalidParameter.query(
                        "sort", "invalid", "must be a field, optionally followed by asc or desc"));
            } else if (!sortable.containsKey(words[0])) {
                faults.add(InvalidParameter.query("sort", "enum", "must name one of " + sortable.keySet())
                        .withChoices(List.copyOf(sortable.keySet())));
            } else {
                orders.add(new SortOrder(words[0], directed && words[1].equals("desc")));
            }
        }
        if (orders.size() > SORT_FIELDS_MAX) {
            faults.add(InvalidParameter.query("sort", "max_items", "must name at most " + SORT_FIELDS_MAX + " fields")
                    .withMaximum(SORT_FIELDS_MAX));
        }
        return orders;
    }

    private static boolean isRepeated(String name, List<String> given, List<InvalidParameter> faults) {
        if (given.size() > 1) {
            faults.add(InvalidParameter.query(name, "invalid", "must be given once"));
            return true;
        }
        return false;
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> extended = new LinkedHashMap<>(map);
        extended.put(key, value);
        return extended;
    }
}
