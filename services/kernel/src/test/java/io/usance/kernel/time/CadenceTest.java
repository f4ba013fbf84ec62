package io.usance.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"P1M", "P1W", "P2W", "P1Y", "PT1H", "P1DT12H", "P1Y2M3W4DT5H6M7S", "PT1S", "P1200M", "P1M0D"})
    void it_is_written_as_it_was_given(String text) {
        assertThat(Cadence.parse(text)).hasToString(text);
        assertThat(Cadence.tryParse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "P1",
                "1M",
                "P1DT",
                "PT1D",
                "P1H",
                "P1M1Y",
                "P0D",
                "PT0S",
                "P-1M",
                "-P1M",
                "+P1M",
                "P+1M",
                "p1m",
                "P1.5M",
                "PT0.5S",
                "PT1,5H",
                " P1M",
                "P1M ",
                "P1M\n",
                "P1201M",
                "P101Y",
                "P999999999Y",
                "P9999999999M",
                "PT999999999H",
                "P٣M",
                "P1M/P1D"
            })
    void what_is_no_duration_in_whole_numbers_from_a_second_to_a_century_is_refused(String text) {
        assertThatThrownBy(() -> Cadence.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Cadence.tryParse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"P1Y, P12M", "P1W, P7D", "PT1H, PT60M", "PT1H, PT3600S", "P1M, P1MT0S"})
    void equal_lengths_are_equal_however_they_are_written(String one, String other) {
        assertThat(Cadence.parse(one)).isEqualTo(Cadence.parse(other)).hasSameHashCodeAs(Cadence.parse(other));
    }

    @ParameterizedTest
    @CsvSource({"P1D, PT24H", "P1M, P30D", "P1M, P31D", "P4W, P1M"})
    void lengths_that_differ_on_some_days_are_not_equal(String one, String other) {
        assertThat(Cadence.parse(one)).isNotEqualTo(Cadence.parse(other));
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H, PT1H, true",
        "PT59M59S, PT1H, false",
        "P1D, PT24H, true",
        "P1D, PT25H, false",
        "P1M, PT672H, true",
        "P1M, PT673H, false",
        "P1Y, PT8064H, true"
    })
    void a_month_is_at_least_28_days(String cadence, Duration bound, boolean atLeast) {
        assertThat(Cadence.parse(cadence).isAtLeast(bound)).isEqualTo(atLeast);
    }

    @ParameterizedTest
    @CsvSource({
        "P1M, P1M, true",
        "P3M, P1M, true",
        "P1Y, P6M, true",
        "P1Y, P1M, true",
        "P6M, P4M, false",
        "P2W, P1W, true",
        "P4W, P2W, true",
        "P3W, P2W, false",
        "P1M, P1W, false",
        "P1M, P4W, false",
        "P1Y, P1W, false",
        "P1M, P1D, true",
        "P1M, PT1H, true",
        "P1W, P1D, true",
        "P1D, PT1H, true",
        "P1D, PT12H, false",
        "P1M, P2D, false",
        "P2M, P2D, false",
        "P1Y, P3M, true",
        "P1Y, P5D, false",
        "P2M1D, P1M, false",
        "P1M, PT24H, false",
        "PT24H, PT12H, true",
        "PT90M, PT1H, false",
        "P2M2D, P1M1D, true"
    })
    void two_line_up_when_one_always_fits_into_the_other_a_whole_number_of_times(
            String longer, String shorter, boolean aligned) {
        assertThat(Cadence.parse(longer).isMultipleOf(Cadence.parse(shorter))).isEqualTo(aligned);
        assertThat(Cadence.parse(longer).alignsWith(Cadence.parse(shorter))).isEqualTo(aligned);
        assertThat(Cadence.parse(shorter).alignsWith(Cadence.parse(longer))).isEqualTo(aligned);
    }

    @ParameterizedTest
    @CsvSource({"P1M, P1M, 1", "P1M, P1D, 31", "P1M, PT1H, 744", "P1Y, P1M, 12", "P2W, P1W, 2", "P1M, P1Y, 1"})
    void it_holds_so_many_of_another_at_most(String whole, String part, long times) {
        assertThat(Cadence.parse(whole).timesAtMost(Cadence.parse(part))).isEqualTo(times);
    }

    @Test
    void a_shorter_one_is_no_multiple_of_a_longer() {
        assertThat(Cadence.parse("P1M").isMultipleOf(Cadence.parse("P1Y"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T10:00:00Z, P1M, 2026-02-28T10:00:00Z", "2024-02-29T00:00:00Z, P1Y, 2025-02-28T00:00:00Z",
        "2026-03-01T00:00:00Z, P2W, 2026-03-15T00:00:00Z", "2026-12-31T23:30:00Z, PT1H, 2027-01-01T00:30:00Z"
    })
    void it_adds_to_an_instant_by_the_calendar_of_utc(Instant start, String cadence, Instant end) {
        assertThat(Cadence.parse(cadence).after(start)).isEqualTo(end);
    }
}
