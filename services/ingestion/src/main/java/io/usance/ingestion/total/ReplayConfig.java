package io.usance.ingestion.total;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How totals are rebuilt from the events when that is asked for. */
@ConfigMapping(prefix = "ingestion.replay")
interface ReplayConfig {
    /** How many meters are rebuilt at a time, at least 1: so many are counted twice meanwhile, and take their space twice. */
    @WithDefault("20")
    int metersMax();

    /** Most totals that are copied in one transaction, at least 1; nobody counts while it lasts. */
    @WithDefault("2000")
    int copySizeMax();

    /** How long to wait for something to do. */
    @WithDefault("1s")
    Duration pause();
}
