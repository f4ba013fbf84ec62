package io.usance.kernel.meter;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A tally and the times of the first and the last reading in it: what is kept of the usage in one stretch of time. Like a
 * tally it depends on the readings alone, not on their order or batches.
 *
 * <p>Mutable and not thread-safe.
 */
public final class Total {
    private final Tally tally;
    private Instant first;
    private Instant last;

    private Total(Tally tally, Instant first, Instant last) {
        this.tally = tally;
        this.first = first;
        this.last = last;
    }

    /** An empty total. */
    public static Total of(MeterAggregation aggregation) {
        return new Total(Tally.of(aggregation), Instant.MAX, Instant.MIN);
    }

    /** The total whose parts these are. */
    public static Total restored(MeterAggregation aggregation, Tally.Kept kept, Instant first, Instant last) {
        return new Total(Tally.restored(aggregation, kept), first, last);
    }

    /** Takes in a reading that the aggregation can use. */
    public void add(Reading reading) {
        tally.add(reading);
        cover(reading.occurredAt(), reading.occurredAt());
    }

    /** Takes in everything that {@code other} took in. */
    public void merge(Total other) {
        tally.merge(other.tally);
        cover(other.first, other.last);
    }

    /** See {@link Tally#value}. */
    public Optional<BigDecimal> value() {
        return tally.value();
    }

    /** See {@link Tally#kept}. */
    public Tally.Kept kept() {
        return tally.kept();
    }

    /** When the first reading was; {@link Instant#MAX} if there was none. */
    public Instant first() {
        return first;
    }

    /** When the last reading was; {@link Instant#MIN} if there was none. */
    public Instant last() {
        return last;
    }

    private void cover(Instant from, Instant to) {
        first = first.isBefore(from) ? first : from;
        last = last.isAfter(to) ? last : to;
    }
}
