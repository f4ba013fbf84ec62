package io.usance.kernel.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time that is not empty.
 *
 * @param start first instant of it
 * @param end first instant after it, so that periods can follow one another without gap or overlap
 */
public record Period(Instant start, Instant end) {
    /** @throws IllegalArgumentException unless {@code start} is before {@code end} */
    public Period {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("empty period: " + start + " to " + end);
        }
    }

    /** {@code start} belongs to this period, {@code end} to the next one. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    /** What both periods cover; empty if they have no instant in common. */
    public Optional<Period> intersect(Period other) {
        return clip(other.start, other.end);
    }

    /** What of this period lies from {@code from} (inclusive) on and before {@code to}; a null bound does not cut. */
    public Optional<Period> clip(Instant from, Instant to) {
        Instant latestStart = from != null && from.isAfter(start) ? from : start;
        Instant earliestEnd = to != null && to.isBefore(end) ? to : end;
        return latestStart.isBefore(earliestEnd) ? Optional.of(new Period(latestStart, earliestEnd)) : Optional.empty();
    }

    /** Time that passes in it, to the nanosecond; a day is 23 or 25 hours where the clocks change. */
    public Duration duration() {
        return Duration.between(start, end);
    }
}
