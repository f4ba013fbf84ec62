package io.usance.catalog.access;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How the first token comes into the world. */
@ConfigMapping(prefix = "catalog.access")
interface AccessConfig {
    /**
     * Secret of an admin token of the namespace {@code default} that is made at start unless it was made before; left out,
     * none is. Once revoked it stays revoked.
     */
    Optional<String> bootstrapToken();
}
