package io.usance.gateway.forward;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a caller may send. */
@ConfigMapping(prefix = "gateway.limits")
interface LimitsConfig {
    /** Upper bound on the body of a request; the services have the same. */
    @WithDefault("4M")
    MemorySize bodySizeMax();

    /** How long the body of a request may take to arrive. */
    @WithDefault("30s")
    Duration bodyDurationMax();

    /** Streams that are open at a time; fewer than {@code gateway.upstream.connections-max}, each of them holds one. */
    @WithDefault("64")
    int streamsMax();
}
