package io.usance.ingestion.total.model;

import java.time.Duration;
import java.time.Instant;

/** How wide the stretches of time are that totals are kept for; all counted from 1970 in UTC, each a part of the next. */
public enum Level {
    MINUTE(Duration.ofMinutes(1)),
    /** Every zone's days and hours begin on a quarter of an hour in UTC. */
    QUARTER(Duration.ofMinutes(15)),
    DAY(Duration.ofDays(1));

    private final long seconds;

    Level(Duration width) {
        this.seconds = width.toSeconds();
    }

    /** Width in seconds. */
    public long seconds() {
        return seconds;
    }

    /** The start of the stretch that {@code instant} is in. */
    public Instant floor(Instant instant) {
        return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
    }

    /** The first start of a stretch that is not before {@code instant}. */
    public Instant ceiling(Instant instant) {
        Instant floor = floor(instant);
        return floor.equals(instant) ? floor : floor.plusSeconds(seconds);
    }
}
