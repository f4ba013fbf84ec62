package io.usance.ingestion.event;

import io.usance.kernel.time.Period;
import java.time.Instant;

/** When events may happen. */
public final class EventTimes {
    /** From the first time that an event may have to the first that it may not have any more. */
    public static final Period EVER =
            new Period(Instant.parse("1970-01-01T00:00:00Z"), Instant.parse("2200-01-01T00:00:00Z"));

    private EventTimes() {}
}
