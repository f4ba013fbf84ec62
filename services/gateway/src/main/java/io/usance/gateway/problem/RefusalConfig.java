package io.usance.gateway.problem;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a refused request ends. */
@ConfigMapping(prefix = "gateway.refusal")
interface RefusalConfig {
    /** How long the rest of a refused body is read and dropped before the connection is closed. */
    @WithDefault("2s")
    Duration lingerDuration();
}
