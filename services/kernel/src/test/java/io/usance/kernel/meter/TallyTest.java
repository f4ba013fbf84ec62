package io.usance.kernel.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TallyTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"COUNT", "UNIQUE_COUNT"})
    void without_readings_a_count_is_zero(MeterAggregation aggregation) {
        assertThat(Tally.of(aggregation).value()).contains(BigDecimal.ZERO);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"COUNT", "UNIQUE_COUNT"})
    void without_readings_there_is_no_value(MeterAggregation aggregation) {
        assertThat(Tally.of(aggregation).value()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SUM, 6.50", "COUNT, 4", "AVG, 1.625", "MIN, -1", "MAX, 5.50", "UNIQUE_COUNT, 3", "LATEST, 5.50"})
    void every_aggregation_makes_its_own_number(MeterAggregation aggregation, BigDecimal value) {
        assertThat(tally(aggregation, number("1", 0), number("-1", 1), number("1", 2), number("5.50", 3)))
                .contains(value);
    }

    @ParameterizedTest
    @CsvSource({"SUM", "AVG", "MIN", "MAX", "LATEST"})
    void readings_without_a_number_do_not_count(MeterAggregation aggregation) {
        assertThat(tally(aggregation, text("many", 1))).isEmpty();
        assertThat(tally(aggregation, number("7", 0), text("many", 1))).contains(new BigDecimal("7"));
    }

    @Test
    void a_plain_count_counts_readings_without_a_value_too() {
        assertThat(tally(MeterAggregation.COUNT, text(null, 0), text("many", 1)))
                .contains(new BigDecimal("2"));
    }

    @Test
    void a_unique_count_knows_texts_and_ignores_readings_without_one() {
        assertThat(tally(MeterAggregation.UNIQUE_COUNT, text("ann", 0), text(null, 1), text("bob", 2), text("ann", 3)))
                .contains(new BigDecimal("2"));
    }

    @Test
    void sums_are_exact_far_beyond_what_a_double_holds() {
        assertThat(tally(
                        MeterAggregation.SUM,
                        number("12345678901234567890.123456789", 0),
                        number("0.000000000000000001", 1)))
                .contains(new BigDecimal("12345678901234567890.123456789000000001"));
    }

    @Test
    void a_mean_without_an_end_is_rounded_half_up_to_18_digits() {
        assertThat(tally(MeterAggregation.AVG, number("1", 0), number("0", 1), number("1", 2)))
                .contains(new BigDecimal("0.666666666666666667"));
    }

    @Test
    void of_readings_at_one_instant_the_greatest_source_then_id_in_bytes_is_the_latest() {
        // In bytes an emoji comes after the fullwidth tilde; in Java's own order of strings before it.
        Reading emoji = new Reading(new BigDecimal("1"), "1", NOON, "s", "\uD83D\uDE00");
        Reading tilde = new Reading(new BigDecimal("2"), "2", NOON, "s", "\uFF5E");
        Reading otherSource = new Reading(new BigDecimal("3"), "3", NOON, "r", "z");

        assertThat(tally(MeterAggregation.LATEST, emoji, tilde, otherSource)).contains(BigDecimal.ONE);
        assertThat(tally(MeterAggregation.LATEST, otherSource, tilde, emoji)).contains(BigDecimal.ONE);
    }

    @Test
    void tallies_of_different_aggregations_do_not_merge() {
        for (MeterAggregation one : MeterAggregation.values()) {
            for (MeterAggregation other : MeterAggregation.values()) {
                if (one != other) {
                    assertThatThrownBy(() -> Tally.of(one).merge(Tally.of(other)))
                            .as("%s into %s", other, one)
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }

    private static Optional<BigDecimal> tally(MeterAggregation aggregation, Reading... readings) {
        Tally tally = Tally.of(aggregation);
        for (Reading reading : readings) {
            tally.add(reading);
        }
        return tally.value();
    }

    private static Reading number(String number, int second) {
        return new Reading(new BigDecimal(number), number, NOON.plusSeconds(second), "test", "id-" + second);
    }

    private static Reading text(String text, int second) {
        return new Reading(null, text, NOON.plusSeconds(second), "test", "id-" + second);
    }
}
