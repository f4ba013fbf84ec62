package io.usance.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessConfigTest {
    @Test
    void a_token_is_remembered_for_five_seconds_unless_told_otherwise() {
        AccessConfig config = access(Map.of());

        assertThat(config.cacheTtl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.cacheSizeMax()).isEqualTo(10_000);
        assertThat(config.exchangeDeadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.exchangeConnectionsMax()).isEqualTo(8);
        assertThat(access(Map.of("gateway.access.cache-ttl", "1s")).cacheTtl()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void the_key_is_a_file() {
        assertThat(new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(SigningConfig.class)
                        .withDefaultValue("usance.jwt.private-key-location", "/run/secrets/jwt.pem")
                        .build()
                        .getConfigMapping(SigningConfig.class)
                        .privateKeyLocation())
                .isEqualTo(Path.of("/run/secrets/jwt.pem"));
    }

    private static AccessConfig access(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(AccessConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(AccessConfig.class);
    }
}
