package io.usance.gateway.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a browser stays signed in. */
@ConfigMapping(prefix = "gateway.session")
interface SessionConfig {
    /** From the sign-in on; a session never outlives its access token. */
    @WithDefault("12h")
    Duration lifetimeMax();
}
