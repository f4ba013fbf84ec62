package io.usance.gateway.access;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** With what the gateway signs. */
@ConfigMapping(prefix = "usance.jwt")
interface SigningConfig {
    /** File with the private key: PEM, PKCS#8, on the curve P-256. The services have its public half. */
    Path privateKeyLocation();
}
