package io.usance.kernel.time;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Where periods are counted from. Period {@code n} starts at the anchor plus {@code n} cadences, each counted from the
 * anchor itself: an anchor on 31 January gives 28 February and then 31 March again, not the 28th for ever. The periods
 * follow one another without gap or overlap, before the anchor too.
 *
 * @param anchor start of period 0
 * @param zone whose calendar the periods follow
 */
public record BillingAnchor(Instant anchor, ZoneId zone, Cadence cadence) {

    /**
     * Period {@code n}; negative before the anchor.
     *
     * @throws IllegalArgumentException if the zone's calendar leaves out the whole period, as Samoa did with a day in
     *     2011
     */
    public Period period(long n) {
        return new Period(start(n), start(n + 1));
    }

    /** The period that {@code instant} falls into; there is always one. */
    public Period periodContaining(Instant instant) {
        return period(indexOf(instant));
    }

    /** The number of the period that {@code instant} falls into. */
    public long indexOf(Instant instant) {
        // The guess by the mean length is off by a few periods at most, however far away the instant is.
        long n = Math.floorDiv(
                instant.getEpochSecond() - anchor.getEpochSecond(),
                cadence.typical().toSeconds());
        while (start(n).isAfter(instant)) {
            n--;
        }
        while (!start(n + 1).isAfter(instant)) {
            n++;
        }
        return n;
    }

    private Instant start(long n) {
        return cadence.addTo(anchor.atZone(zone), n).toInstant();
    }
}
