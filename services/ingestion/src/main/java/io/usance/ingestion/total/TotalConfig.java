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

    /** Most events that are read at once, at least 1. */
    @WithDefault("20000")
    int portionSizeMax();

    /** After so many bytes of events no more are read at once; the last one may bring it above. */
    @WithDefault("16777216")
    long portionBytesMax();

    /** From this many events on what was read is written; the more, the seldomer a total that is hit often is written. */
    @WithDefault("100000")
    int writeSizeMin();

    /**
     * Most totals and different values that are added up in memory before they are written; about 200 bytes each, and while
     * some are written as many again.
     */
    @WithDefault("1000000")
    int aheadSizeMax();

    /** How long storing waits for counting when there are so many; then what is stored is read again to be counted. */
    @WithDefault("10s")
    Duration aheadPatience();

    /** Longest time between two writings of what was added up, however long a writing takes. */
    @WithDefault("60s")
    Duration strideMax();

    /** After so long without progress anybody counts a partition, whoever it belongs to. */
    @WithDefault("3m")
    Duration orphanAfter();

    /** How often it is looked for events that are older than they are kept. */
    @WithDefault("1h")
    Duration dropInterval();
}
