package io.usance.ingestion.event;

import io.usance.runtime.list.Condition;
import io.usance.runtime.list.Cursor;
import io.usance.runtime.list.CursorRequest;
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

/** A page of the event list as SQL: what comes after {@code where}. */
final class EventFilter {
    private static final Map<String, String> COLUMNS = Map.of(
            "id", "id",
            "source", "source",
            "subject", "subject",
            "type", "type",
            "time", "occurred_at",
            "ingested_at", "ingested_at",
            "stored_at", "stored_at");

    private static final String TIME = "occurred_at";

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    EventFilter(String namespace) {
        sql.append("namespace = ").append(bind(namespace));
    }

    String sql() {
        return sql.toString();
    }

    List<Object> parameters() {
        return parameters;
    }

    /** Only events of {@code subjects}, or, with {@code among} false, only events of others. */
    EventFilter subjects(Collection<String> subjects, boolean among) {
        and((among ? "" : "not ") + "subject = any(" + bind(subjects.toArray(String[]::new)) + ")");
        return this;
    }

    /** What the request asks for: its filters, its place, its order, its size. */
    EventFilter page(CursorRequest request) {
        request.conditions().forEach(condition -> and(comparison(condition)));
        String column = COLUMNS.get(request.sortField());
        String by = listed(column);
        request.after().ifPresent(after -> after(column, by, after, request.isDescending() ? "<" : ">"));
        String direction = request.isDescending() ? " desc" : " asc";
        sql.append(" order by ").append(by).append(direction).append(", seq").append(direction);
        sql.append(" limit ").append(bind(request.size()));
        return this;
    }

    private void after(String column, String by, Cursor after, String operator) {
        String at = bind(after.at());
        and(column + " " + operator + "= " + at);
        and("(" + by + ", seq) " + operator + " (" + listed(column, at) + ", " + bind(seq(after)) + ")");
    }

    /** A column as the list is indexed by it, see {@link EventRepository#LISTED_AT}. */
    private static String listed(String column) {
        return column.equals(TIME) ? EventRepository.LISTED_AT : column;
    }

    private static String listed(String column, String parameter) {
        return column.equals(TIME) ? "(" + parameter + "::timestamptz at time zone 'UTC')" : parameter;
    }

    private void and(String comparison) {
        sql.append(" and ").append(comparison);
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
        return column.equals(TIME)
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
