package io.usance.runtime.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long it is remembered which events were taken. */
@ConfigMapping(prefix = "usance.inbox")
public interface InboxConfig {
    /** Must be longer than the topics keep records: an event that comes after it was forgotten is taken again. */
    @WithDefault("14d")
    Duration retention();
}
