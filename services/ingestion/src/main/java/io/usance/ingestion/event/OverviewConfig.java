package io.usance.ingestion.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an overview of events may cost. */
@ConfigMapping(prefix = "ingestion.overview")
interface OverviewConfig {
    /** How far its ends may be apart. */
    @WithDefault("7d")
    Duration rangeMax();

    /** How many events are looked at, the latest first; what is before them is left out. */
    @WithDefault("100000")
    int eventsMax();

    /** Of how many of them, the latest, the values are read. */
    @WithDefault("2000")
    int valuesMax();
}
