package io.usance.runtime.wire;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where request bodies are checked against. */
@ConfigMapping(prefix = "usance.wire")
public interface WireConfig {
    /** Class-path location of the OpenAPI 3.0 description whose schemas {@link WireSchema} names. */
    @WithDefault("openapi/usance.yaml")
    String openapi();
}
