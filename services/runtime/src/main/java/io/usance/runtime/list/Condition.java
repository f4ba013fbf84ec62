package io.usance.runtime.list;

import java.util.List;
import java.util.Locale;

/**
 * One filter of a list request.
 *
 * @param field the field's name on the wire
 * @param operator how to compare
 * @param values what with: one value, or 1 to {@link ListSpec#FILTER_VALUES_MAX} for the operators that take a list; of
 *     type {@code Instant} for times, {@code Boolean} for {@link Operator#EXISTS}, else {@code String}
 */
public record Condition(String field, Operator operator, List<?> values) {
    public Object value() {
        return values.getFirst();
    }

    /** Whether a field in memory that holds {@code actual} is shown; null holds nothing. */
    boolean admits(Comparable<?> actual) {
        return switch (operator) {
            case EXISTS -> (actual != null) == (Boolean) value();
            case NEQ -> actual == null || !actual.equals(value());
            case EQ, OEQ -> actual != null && values.contains(actual);
            case CONTAINS, OCONTAINS ->
                actual instanceof String text
                        && values.stream().anyMatch(part -> lowerCase(text).contains(lowerCase((String) part)));
            case LT -> actual != null && compare(actual) < 0;
            case LTE -> actual != null && compare(actual) <= 0;
            case GT -> actual != null && compare(actual) > 0;
            case GTE -> actual != null && compare(actual) >= 0;
        };
    }

    /** The value is of the field's type: the request was read so. */
    @SuppressWarnings("unchecked")
    private int compare(Comparable<?> actual) {
        return ((Comparable<Object>) actual).compareTo(value());
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
