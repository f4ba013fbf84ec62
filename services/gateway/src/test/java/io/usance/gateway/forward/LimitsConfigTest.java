package io.usance.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsConfigTest {
    @Test
    void what_a_caller_may_send_is_bounded_unless_told_otherwise() {
        assertThat(limits(Map.of()).bodySizeMax().asLongValue()).isEqualTo(4 * 1024 * 1024);
        assertThat(limits(Map.of()).bodyDurationMax()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits(Map.of()).streamsMax()).isEqualTo(64);
        assertThat(limits(Map.of("gateway.limits.body-size-max", "64K"))
                        .bodySizeMax()
                        .asLongValue())
                .isEqualTo(64 * 1024);
    }

    private static LimitsConfig limits(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(LimitsConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(LimitsConfig.class);
    }
}
