package io.usance.ingestion.total;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How stored events are counted into totals. */
@ConfigMapping(prefix = "ingestion.total")
interface TotalConfig {
    /** Whether this replica keeps totals; answers are right without, and slower. */
    @WithDefault("true")
    boolean enabled();

    /** How long to wait for events when everything is counted. */
    @WithDefault("500ms")
    Duration pause();

    /** Most events that are counted in one transaction, at least 1. */
    @WithDefault("20000")
    int portionSizeMax();

    /** After so many bytes of events a transaction is full; the last event in it may bring it above. */
    @WithDefault("16777216")
    long portionBytesMax();
}
