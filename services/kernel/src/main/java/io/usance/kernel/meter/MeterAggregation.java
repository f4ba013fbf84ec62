package io.usance.kernel.meter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a meter makes one number out of many events. */
public enum MeterAggregation {
    /** The sum of the values. */
    SUM,
    /** How many events there are, whatever they carry. */
    COUNT,
    /** The mean of the values, see {@link Tally#AVERAGE_SCALE}. */
    AVG,
    /** The least value. */
    MIN,
    /** The greatest value. */
    MAX,
    /** How many different values there are, compared as text; exact. */
    UNIQUE_COUNT,
    /** The value of the event with the greatest time. */
    LATEST;

    /** The name in lower case, e.g. {@code unique_count}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether each event must carry a value. */
    public boolean needsValue() {
        return this != COUNT;
    }

    /** Whether a quantity of it can be priced: a sum or a level can, a mean or an extreme cannot. */
    public boolean isBillable() {
        return this == SUM || this == COUNT || this == UNIQUE_COUNT || this == LATEST;
    }

    /** The aggregation with that name, in any case. */
    public static Optional<MeterAggregation> parse(String text) {
        return Arrays.stream(values())
                .filter(aggregation -> aggregation.name().equalsIgnoreCase(text))
                .findFirst();
    }
}
