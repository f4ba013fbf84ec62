package io.usance.ingestion.usage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a question about usage may cost. */
@ConfigMapping(prefix = "ingestion.usage")
interface UsageConfig {
    /** Most rows of one answer; a month by minute fits. */
    @WithDefault("50000")
    int rowsMax();

    /** Most different values that are counted for one answer, over all its rows. */
    @WithDefault("1000000")
    int distinctValuesMax();

    /** How long one question may take; longer ones are ended. */
    @WithDefault("30s")
    Duration timeMax();
}
