package io.usance.gateway.clock;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What time it is. */
@ConfigMapping(prefix = "usance.clock")
interface ClockConfig {
    /** How far this process is ahead of the real time, for demonstrations and tests; never set in production. */
    @WithDefault("PT0S")
    Duration offset();
}
