package io.usance.ingestion.total;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;

/** How totals are compared with the events, once a night. */
@ConfigMapping(prefix = "ingestion.check")
interface CheckConfig {
    /** Whether this replica takes part. */
    @WithDefault("true")
    boolean enabled();

    /** When the check begins, in UTC: a time at which little else is asked of the database. */
    @WithDefault("02:00")
    LocalTime at();

    /** Each replica begins up to so much later, so that installations that share a machine do not all begin at once. */
    @WithDefault("30m")
    Duration jitter();

    /** How long after {@link #at} a check may begin, and how long after that it may take up another day. */
    @WithDefault("3h")
    Duration timeMax();

    /** After so many events a check is over; the day that brings it above is still compared. */
    @WithDefault("20000000")
    long eventsMax();

    /** A day of a tenant with more events is passed over, and that is said. */
    @WithDefault("10000000")
    long dayEventsMax();
}
