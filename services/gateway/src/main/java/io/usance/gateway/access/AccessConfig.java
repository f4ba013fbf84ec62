package io.usance.gateway.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How access tokens are exchanged for identities. */
@ConfigMapping(prefix = "gateway.access")
interface AccessConfig {
    /** How long an answer of catalog counts, yes or no: a revoked token works for at most this long. */
    @WithDefault("5s")
    Duration cacheTtl();

    /** Upper bound on answers that are remembered; about 1 KB each. */
    @WithDefault("10000")
    int cacheSizeMax();

    /** How long catalog may take to say whose token it is. */
    @WithDefault("2s")
    Duration exchangeDeadline();

    /** Connections to catalog for these questions alone, so that slow requests to catalog do not lock everybody out. */
    @WithDefault("8")
    int exchangeConnectionsMax();
}
