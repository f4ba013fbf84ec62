package io.usance.ingestion.total;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayConfigTest {
    @Test
    void a_replay_takes_few_meters_at_a_time_unless_said_otherwise() {
        ReplayConfig config = config(Map.of());
        assertThat(config.metersMax()).isEqualTo(20);
        assertThat(config.copySizeMax()).isEqualTo(2_000);
        assertThat(config.pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config(Map.of("ingestion.replay.meters-max", "3")).metersMax())
                .isEqualTo(3);
    }

    private static ReplayConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ReplayConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(ReplayConfig.class);
    }
}
