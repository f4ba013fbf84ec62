package io.usance.ingestion.total;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckConfigTest {
    @Test
    void totals_are_checked_at_night_within_limits_unless_said_otherwise() {
        CheckConfig config = config(Map.of());
        assertThat(config.enabled()).isTrue();
        assertThat(config.at()).isEqualTo(LocalTime.of(2, 0));
        assertThat(config.jitter()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.timeMax()).isEqualTo(Duration.ofHours(3));
        assertThat(config.eventsMax()).isEqualTo(20_000_000);
        assertThat(config.dayEventsMax()).isEqualTo(10_000_000);
    }

    @Test
    void another_time_may_be_set() {
        CheckConfig config = config(Map.of("ingestion.check.at", "23:30", "ingestion.check.time-max", "45m"));
        assertThat(config.at()).isEqualTo(LocalTime.of(23, 30));
        assertThat(config.timeMax()).isEqualTo(Duration.ofMinutes(45));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T03:00:00Z, 2026-03-02T02:09:59Z, false",
        "2026-03-01T03:00:00Z, 2026-03-02T02:10:00Z, true",
        "2026-03-01T03:00:00Z, 2026-03-02T04:59:59Z, true",
        "2026-03-01T03:00:00Z, 2026-03-02T05:00:00Z, false",
        "2026-03-02T02:10:00Z, 2026-03-02T02:20:00Z, false",
        "2026-02-01T02:10:00Z, 2026-03-02T23:00:00Z, false",
    })
    void a_check_begins_once_a_night_and_not_by_day(Instant begun, Instant now, boolean isTime) {
        assertThat(CheckTotals.isTimeToBegin(begun, now, Duration.ofMinutes(10), config(Map.of())))
                .isEqualTo(isTime);
    }

    @Test
    void a_night_may_go_past_midnight() {
        CheckConfig late = config(Map.of("ingestion.check.at", "23:30"));
        Instant now = Instant.parse("2026-03-02T00:15:00Z");
        assertThat(CheckTotals.isTimeToBegin(Instant.MIN, now, Duration.ofMinutes(40), late))
                .isTrue();
        assertThat(CheckTotals.isTimeToBegin(Instant.MIN, now, Duration.ofMinutes(50), late))
                .isFalse();
        assertThat(CheckTotals.isTimeToBegin(now.minusSeconds(60), now, Duration.ZERO, late))
                .isFalse();
    }

    private static CheckConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(CheckConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(CheckConfig.class);
    }
}
