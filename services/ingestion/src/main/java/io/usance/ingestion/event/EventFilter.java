package io.usance.ingestion.event;

import io.usance.runtime.list.Condition;
import io.usance.runtime.list.Cursor;
import io.usance.runtime.list.CursorRequest;
import io.usance.runtime.list.Operator;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A page of the event list as SQL. */
final class EventFilter {
    private static final String EVENTS =
            "select seq, source, id, type, subject, occurred_at, ingested_at, stored_at, body from event where ";
    private static final Map<String, String> COLUMNS = Map.of(
            "id", "id",
            "source", "source",
            "subject", "subject",
            "type", "type",
            "time", "occurred_at",
            "ingested_at", "ingested_at",
            "stored_at", "stored_at");

    private static final String TIME = "occurred_at";

    private final StringBuilder conditions = new StringBuilder("namespace = $1");
    private final List<Object> parameters = new ArrayList<>();
    /** The only ones that are listed; null for everybody's events. */
    private Collection<String> subjects;

    private String sql;

    EventFilter(String namespace) {
        bind(namespace);
    }

    String sql() {
        return sql;
    }

    List<Object> parameters() {
        return parameters;
    }

    /** Only events of {@code subjects}, or, with {@code among} false, only events of others. */
    EventFilter subjects(Collection<String> subjects, boolean among) {
        if (among) {
            this.subjects = subjects;
        } else {
            and("not subject = any(" + bind(subjects.toArray(String[]::new)) + ")");
        }
        return this;
    }

    /** What the request asks for: its filters, its place, its order, its size. */
    EventFilter page(CursorRequest request) {
        request.conditions().forEach(condition -> {
            if (subjects == null && isOfSubjects(condition)) {
                subjects = condition.values().stream().map(String.class::cast).collect(Collectors.toSet());
            } else {
                and(comparison(condition));
            }
        });
        String column = COLUMNS.get(request.sortField());
        String by = listed(column);
        request.after().ifPresent(after -> after(column, by, after, request.isDescending() ? "<" : ">"));
        String direction = request.isDescending() ? " desc" : " asc";
        String page = " order by " + by + direction + ", seq" + direction + " limit " + bind(request.size());
        sql = subjects == null ? EVENTS + conditions + page : ofEachSubject(page);
        return this;
    }

    /** So many events of each subject are read as the page has, however many there are. */
    private String ofEachSubject(String page) {
        return "select listed.* from unnest(" + bind(subjects.toArray(String[]::new)) + "::text[]) as wanted (subject)"
                + " cross join lateral (" + EVENTS + conditions + " and event.subject = wanted.subject" + page
                + ") as listed" + page;
    }

    private static boolean isOfSubjects(Condition condition) {
        return condition.field().equals("subject")
                && (condition.operator() == Operator.EQ || condition.operator() == Operator.OEQ);
    }

    private void after(String column, String by, Cursor after, String operator) {
        String at = bind(after.at());
        and(column + " " + operator + "= " + at);
        and("(" + by + ", seq) " + operator + " (" + listed(column, at) + ", " + bind(seq(after)) + ")");
    }

    /** A column as the index has it that the list is read by, see {@link EventRepository#LISTED_AT}. */
    private String listed(String column) {
        return isListedByTime(column) ? EventRepository.LISTED_AT : column;
    }

    private String listed(String column, String parameter) {
        return isListedByTime(column) ? "(" + parameter + "::timestamptz at time zone 'UTC')" : parameter;
    }

    private boolean isListedByTime(String column) {
        return column.equals(TIME) && subjects == null;
    }

    private void and(String comparison) {
        conditions.append(" and ").append(comparison);
    }

    private String comparison(Condition condition) {
        String column = COLUMNS.get(condition.field());
        return switch (condition.operator()) {
            case EQ -> column + " = " + bind(condition.value()) + placesOf(condition);
            case NEQ -> column + " <> " + bind(condition.value());
            case OEQ ->
                column + " = any(" + bind(condition.values().toArray(String[]::new)) + ")" + placesOf(condition);
            case LT -> compared(column, "<", condition);
            case LTE -> compared(column, "<=", condition);
            case GT -> compared(column, ">", condition);
            case GTE -> compared(column, ">=", condition);
            case CONTAINS, OCONTAINS ->
                condition.values().stream()
                        .map(value -> column + " collate \"und-x-icu\" ilike " + bind(containing((String) value)))
                        .collect(Collectors.joining(" or ", "(", ")"));
            // Every event has all of these.
            case EXISTS -> Boolean.TRUE.equals(condition.value()) ? "true" : "false";
        };
    }

    /** Of times twice: once for the months that can be left out, once for the index of the list. */
    private String compared(String column, String operator, Condition condition) {
        String value = bind(condition.value());
        String comparison = column + " " + operator + " " + value;
        return isListedByTime(column)
                ? comparison + " and " + listed(column) + " " + operator + " " + listed(column, value)
                : comparison;
    }

    /** Events are not found by their ids, but by the times that are noted beside those. */
    private String placesOf(Condition condition) {
        if (!condition.field().equals("id")) {
            return "";
        }
        List<String> ids = condition.values().stream().map(String.class::cast).toList();
        return """
                 and %s = any(array(
                    select known.occurred_at at time zone 'UTC' from event_identity as known
                    join unnest(%s::uuid[], %s::uuid[]) as ids (least, greatest)
                        on known.namespace = $1 and known.digest between ids.least and ids.greatest))
                """.formatted(
                        EventRepository.LISTED_AT,
                        bind(ids.stream().map(EventIdentity::least).toArray(UUID[]::new)),
                        bind(ids.stream().map(EventIdentity::greatest).toArray(UUID[]::new)));
    }

    private String bind(Object value) {
        parameters.add(value instanceof Instant instant ? EventRepository.utc(instant) : value);
        return "$" + parameters.size();
    }

    private static long seq(Cursor after) {
        try {
            return Long.parseLong(after.id());
        } catch (NumberFormatException ofAnotherList) {
            throw Problems.invalid(InvalidParameter.query("page[after]", "invalid", "is a cursor of another list"));
        }
    }

    private static String containing(String text) {
        String literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return "%" + literal.toLowerCase(Locale.ROOT) + "%";
    }
}
