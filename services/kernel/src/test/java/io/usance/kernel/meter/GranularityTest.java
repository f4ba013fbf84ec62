package io.usance.kernel.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GranularityTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
    private static final ZoneId ST_JOHNS = ZoneId.of("America/St_Johns");

    @ParameterizedTest
    @CsvSource({
        "MINUTE, 2026-03-01T12:34:00, 2026-03-01T12:35:00", "HOUR, 2026-03-01T12:00:00, 2026-03-01T13:00:00",
        "DAY, 2026-03-01T00:00:00, 2026-03-02T00:00:00", "MONTH, 2026-03-01T00:00:00, 2026-04-01T00:00:00"
    })
    void windows_are_those_of_the_calendar(Granularity granularity, LocalDateTime start, LocalDateTime end) {
        Instant instant =
                LocalDateTime.parse("2026-03-01T12:34:56.789").atZone(BERLIN).toInstant();

        assertThat(granularity.windowOf(instant, BERLIN))
                .isEqualTo(new Period(
                        start.atZone(BERLIN).toInstant(), end.atZone(BERLIN).toInstant()));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29T12:00:00Z, 23", "2026-10-25T12:00:00Z, 25", "2026-06-01T12:00:00Z, 24"})
    void a_day_is_as_long_as_the_zone_makes_it(Instant instant, int hours) {
        assertThat(Granularity.DAY.windowOf(instant, BERLIN).duration()).isEqualTo(Duration.ofHours(hours));
    }

    @Test
    void an_hour_that_comes_twice_is_two_windows() {
        Period summer = Granularity.HOUR.windowOf(Instant.parse("2026-10-25T00:30:00Z"), BERLIN);
        Period winter = Granularity.HOUR.windowOf(Instant.parse("2026-10-25T01:30:00Z"), BERLIN);

        assertThat(summer.duration()).isEqualTo(Duration.ofHours(1));
        assertThat(winter.duration()).isEqualTo(Duration.ofHours(1));
        assertThat(summer.end()).isEqualTo(winter.start());
    }

    @Test
    void an_hour_that_a_half_hour_change_cuts_is_two_windows() {
        Instant change = Instant.parse("2026-04-04T15:00:00Z");

        assertThat(Granularity.HOUR.windowOf(change.minusSeconds(1), LORD_HOWE).end())
                .isEqualTo(change);
        assertThat(Granularity.HOUR.windowOf(change, LORD_HOWE))
                .isEqualTo(new Period(change, change.plus(Duration.ofMinutes(30))));
    }

    @Test
    void hours_of_a_zone_with_half_an_hour_follow_its_clock() {
        assertThat(Granularity.HOUR.windowOf(Instant.parse("2026-03-01T12:34:56Z"), ZoneId.of("Asia/Kolkata")))
                .isEqualTo(new Period(Instant.parse("2026-03-01T12:30:00Z"), Instant.parse("2026-03-01T13:30:00Z")));
    }

    @ParameterizedTest
    @CsvSource({"DAY, 2009-11-01T02:30:00Z, 2009-11-02T03:30:00Z", "MONTH, 2009-11-01T02:30:00Z, 2009-12-01T03:30:00Z"})
    void an_evening_that_comes_again_after_midnight_belongs_to_the_day_that_had_begun(
            Granularity granularity, Instant start, Instant end) {
        Instant secondTime = LocalDateTime.parse("2009-10-31T23:30")
                .atZone(ST_JOHNS)
                .withLaterOffsetAtOverlap()
                .toInstant();

        assertThat(granularity.windowOf(secondTime, ST_JOHNS)).isEqualTo(new Period(start, end));
    }

    @ParameterizedTest
    @EnumSource
    void the_name_on_the_wire_leads_back(Granularity granularity) {
        assertThat(Granularity.parse(granularity.wireName())).contains(granularity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DAY", "P1W", "pt1h", "PT60M"})
    void there_are_no_other_granularities(String text) {
        assertThat(Granularity.parse(text)).isEmpty();
    }
}
