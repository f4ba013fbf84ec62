package io.usance.kernel.meter;

import java.util.List;
import java.util.Set;

/**
 * A condition on one dimension of an event. A dimension that an event does not carry has the empty text as its value.
 */
public sealed interface DimensionFilter {

    /** Whether an event whose dimension is {@code value} is taken; {@code value} is never null. */
    boolean matches(String value);

    /** The dimension is there, or, with {@code expected} false, it is not. */
    record Exists(boolean expected) implements DimensionFilter {
        @Override
        public boolean matches(String value) {
            return value.isEmpty() != expected;
        }
    }

    /** The dimension is one of {@code values}. */
    record In(Set<String> values) implements DimensionFilter {
        public In {
            values = Set.copyOf(values);
        }

        @Override
        public boolean matches(String value) {
            return values.contains(value);
        }
    }

    /** The dimension contains {@code text}; case counts. */
    record Contains(String text) implements DimensionFilter {
        @Override
        public boolean matches(String value) {
            return value.contains(text);
        }
    }

    /** {@code filter} does not hold. */
    record Not(DimensionFilter filter) implements DimensionFilter {
        @Override
        public boolean matches(String value) {
            return !filter.matches(value);
        }
    }

    /** All of {@code filters} hold; none given holds always. */
    record All(List<DimensionFilter> filters) implements DimensionFilter {
        public All {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean matches(String value) {
            return filters.stream().allMatch(filter -> filter.matches(value));
        }
    }

    /** At least one of {@code filters} holds. */
    record Any(List<DimensionFilter> filters) implements DimensionFilter {
        public Any {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean matches(String value) {
            return filters.stream().anyMatch(filter -> filter.matches(value));
        }
    }
}
