package io.usance.runtime.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the outbox is emptied. */
@ConfigMapping(prefix = "usance.outbox")
public interface OutboxConfig {
    /** Whether this process publishes; a service that says nothing can do without. */
    @WithDefault("true")
    boolean relayEnabled();

    /** How often the outbox is looked at and measured when no commit has woken the relay. */
    @WithDefault("5s")
    Duration pollInterval();

    /** How long a replica that is not the one relay waits before it tries again to become it. */
    @WithDefault("2s")
    Duration lockRetryInterval();
}
