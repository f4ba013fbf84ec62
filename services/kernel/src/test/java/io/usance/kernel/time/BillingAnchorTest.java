package io.usance.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BillingAnchorTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId SAMOA = ZoneId.of("Pacific/Apia");

    @Test
    void month_ends_are_clamped_without_drifting() {
        assertThat(starts(anchor("2026-01-31T10:00", ZoneOffset.UTC, "P1M"), 0, 5))
                .containsExactly(
                        "2026-01-31T10:00",
                        "2026-02-28T10:00",
                        "2026-03-31T10:00",
                        "2026-04-30T10:00",
                        "2026-05-31T10:00");
    }

    @Test
    void periods_go_on_before_the_anchor() {
        assertThat(starts(anchor("2026-01-31T10:00", ZoneOffset.UTC, "P1M"), -3, 0))
                .containsExactly("2025-10-31T10:00", "2025-11-30T10:00", "2025-12-31T10:00");
    }

    @Test
    void a_leap_day_comes_back_in_leap_years() {
        assertThat(starts(anchor("2024-02-29T00:00", ZoneOffset.UTC, "P1Y"), 0, 5))
                .containsExactly(
                        "2024-02-29T00:00",
                        "2025-02-28T00:00",
                        "2026-02-28T00:00",
                        "2027-02-28T00:00",
                        "2028-02-29T00:00");
    }

    @Test
    void days_are_as_long_as_the_zone_makes_them() {
        assertThat(lengthOfDayStarting("2026-03-07T12:00")).isEqualTo(Duration.ofHours(23));
        assertThat(lengthOfDayStarting("2026-10-31T12:00")).isEqualTo(Duration.ofHours(25));
        assertThat(lengthOfDayStarting("2026-06-01T12:00")).isEqualTo(Duration.ofHours(24));
    }

    private static Duration lengthOfDayStarting(String wallClock) {
        return anchor(wallClock, NEW_YORK, "P1D").period(0).duration();
    }

    @Test
    void hours_are_hours_whatever_the_clock_says() {
        BillingAnchor hourly = anchor("2026-03-07T12:00", NEW_YORK, "PT1H");

        assertThat(LongStream.range(0, 48).mapToObj(hourly::period).map(Period::duration))
                .containsOnly(Duration.ofHours(1));
    }

    @Test
    void a_start_that_the_clock_skips_moves_on_for_that_day_only() {
        assertThat(starts(anchor("2026-03-07T02:30", NEW_YORK, "P1D"), 0, 3))
                .containsExactly("2026-03-07T02:30", "2026-03-08T03:30", "2026-03-09T02:30");
    }

    @Test
    void of_a_start_that_comes_twice_the_one_with_the_anchors_offset_is_taken() {
        Instant summer = Instant.parse("2026-10-31T05:30:00Z");
        Instant winter = Instant.parse("2026-11-02T06:30:00Z");

        assertThat(new BillingAnchor(summer, NEW_YORK, Cadence.parse("P1D"))
                        .period(1)
                        .start())
                .isEqualTo(Instant.parse("2026-11-01T05:30:00Z"));
        assertThat(new BillingAnchor(winter, NEW_YORK, Cadence.parse("P1D"))
                        .period(-1)
                        .start())
                .isEqualTo(Instant.parse("2026-11-01T06:30:00Z"));
    }

    @Test
    void days_that_samoa_left_out_have_no_period() {
        BillingAnchor daily = anchor("2011-12-28T10:00", SAMOA, "P1D");

        assertThatThrownBy(() -> daily.period(2)).isInstanceOf(IllegalArgumentException.class);
        assertThat(daily.period(1).end()).isEqualTo(daily.period(3).start());
        assertThat(daily.periodContaining(daily.period(1).end())).isEqualTo(daily.period(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "P1D", "P1W", "P1M", "P1Y", "P1MT1S"})
    @Timeout(5)
    void however_far_away_an_instant_is_its_period_is_found_at_once(String cadence) {
        BillingAnchor anchor = anchor("2026-01-31T10:00", NEW_YORK, cadence);

        for (int year : List.of(-5_000, 1, 1900, 2026, 9_999)) {
            Instant instant = LocalDateTime.of(year, 6, 15, 12, 0).toInstant(ZoneOffset.UTC);
            assertThat(anchor.periodContaining(instant).contains(instant)).isTrue();
        }
    }

    private static List<String> starts(BillingAnchor anchor, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(anchor::period)
                .map(period ->
                        period.start().atZone(anchor.zone()).toLocalDateTime().toString())
                .toList();
    }

    private static BillingAnchor anchor(String wallClock, ZoneId zone, String cadence) {
        return new BillingAnchor(LocalDateTime.parse(wallClock).atZone(zone).toInstant(), zone, Cadence.parse(cadence));
    }
}
