package io.usance.runtime.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboxConfigTest {
    @Test
    void an_event_is_remembered_for_two_weeks_unless_said_otherwise() {
        assertThat(config(Map.of()).retention()).isEqualTo(Duration.ofDays(14));
        assertThat(config(Map.of("usance.inbox.retention", "P30D")).retention()).isEqualTo(Duration.ofDays(30));
    }

    private static InboxConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(InboxConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(InboxConfig.class);
    }
}
