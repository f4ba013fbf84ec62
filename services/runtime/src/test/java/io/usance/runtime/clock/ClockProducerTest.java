package io.usance.runtime.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.usance.runtime.lamp.LogLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClockProducerTest {
    @Test
    void a_clock_that_nobody_shifted_shows_the_time_in_utc_and_says_nothing() {
        try (LogLines log = new LogLines()) {
            Clock clock = clock(Map.of());
            assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
            assertThat(clock.instant()).isBetween(Instant.now().minusSeconds(5), Instant.now());
            assertThat(log.with("clock shifted")).isEmpty();
        }
    }

    @Test
    void a_shifted_clock_runs_ahead_and_says_so_at_the_start() {
        try (LogLines log = new LogLines()) {
            Clock clock = clock(Map.of("usance.clock.offset", "P40D"));
            assertThat(Duration.between(Instant.now(), clock.instant()))
                    .isBetween(
                            Duration.ofDays(40).minusSeconds(5),
                            Duration.ofDays(40).plusSeconds(5));
            assertThat(log.with("clock shifted offset=PT960H")).hasSize(1);
        }
    }

    @Test
    void a_clock_ticks_in_what_the_database_keeps() {
        Clock clock = clock(Map.of());
        for (int i = 0; i < 1_000; i++) {
            assertThat(clock.instant().getNano() % 1_000).isZero();
        }
    }

    private static Clock clock(Map<String, String> settings) {
        return new ClockProducer()
                .clock(new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(ClockConfig.class)
                        .withDefaultValues(settings)
                        .build()
                        .getConfigMapping(ClockConfig.class));
    }
}
