package io.usance.gateway.page;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether people get to see the console here. */
@ConfigMapping(prefix = "gateway.console")
interface ConsoleConfig {
    /** Off: the gateway serves the API and its description, and no pages to work with. */
    @WithDefault("true")
    boolean enabled();
}
