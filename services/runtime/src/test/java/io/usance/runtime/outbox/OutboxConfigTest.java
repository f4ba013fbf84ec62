package io.usance.runtime.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxConfigTest {
    @Test
    void a_service_that_says_nothing_relays_and_looks_every_few_seconds() {
        OutboxConfig config = config(Map.of());
        assertThat(config.relayEnabled()).isTrue();
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.lockRetryInterval()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_service_without_an_outbox_says_so() {
        OutboxConfig config =
                config(Map.of("usance.outbox.relay-enabled", "false", "usance.outbox.lock-retry-interval", "10s"));
        assertThat(config.relayEnabled()).isFalse();
        assertThat(config.lockRetryInterval()).isEqualTo(Duration.ofSeconds(10));
    }

    private static OutboxConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(OutboxConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(OutboxConfig.class);
    }
}
