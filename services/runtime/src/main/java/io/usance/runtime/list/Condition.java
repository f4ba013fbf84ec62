package io.usance.runtime.list;

import java.util.List;

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
}
