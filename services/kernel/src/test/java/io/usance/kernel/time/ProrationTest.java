package io.usance.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProrationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Period JANUARY = of(Duration.ofDays(31));

    @Test
    void a_part_of_january_is_charged_by_the_second() {
        assertThat(prorate("USD", "20", of(Duration.ofSeconds(871_482)), of(Duration.ofSeconds(2_678_400))))
                .isEqualTo("6.51");
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 0.01, 0.01",
        "USD, 100, 50.00",
        "JPY, 101, 51",
        "KWD, 0.001, 0.001",
        "USD, -0.01, -0.01",
        "USD, 0, 0.00"
    })
    void half_a_minor_unit_rounds_outward(String currency, String full, String half) {
        assertThat(prorate(currency, full, of(Duration.ofHours(372)), JANUARY)).isEqualTo(half);
    }

    @Test
    void the_whole_period_costs_the_whole_amount() {
        assertThat(prorate("USD", "19.99", JANUARY, JANUARY)).isEqualTo("19.99");
    }

    @Test
    void a_fraction_of_a_second_is_not_charged() {
        assertThat(prorate("USD", "100", of(Duration.ofMillis(1_999)), of(Duration.ofSeconds(2))))
                .isEqualTo("50.00");
        assertThat(prorate("USD", "100", of(Duration.ofMillis(999)), JANUARY)).isEqualTo("0.00");
    }

    @Test
    void without_a_currency_nothing_is_rounded_that_matters() {
        assertThat(Proration.prorate(BigDecimal.ONE, of(Duration.ofSeconds(1)), of(Duration.ofSeconds(3))))
                .isEqualTo("0." + "3".repeat(Proration.RATIO_SCALE));
        assertThat(Proration.prorate(BigDecimal.ONE, of(Duration.ofSeconds(2)), of(Duration.ofSeconds(3))))
                .isEqualTo("0." + "6".repeat(Proration.RATIO_SCALE - 1) + "7");
    }

    @Test
    void a_part_must_lie_within_the_whole() {
        Period late = new Period(START.plusSeconds(1), JANUARY.end().plusSeconds(1));
        Period early = new Period(START.minusSeconds(1), JANUARY.end());

        assertThatThrownBy(() -> prorate("USD", "20", late, JANUARY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prorate("USD", "20", early, JANUARY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_whole_under_a_second_has_no_parts() {
        Period blink = of(Duration.ofMillis(500));

        assertThatThrownBy(() -> prorate("USD", "20", blink, blink)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String prorate(String currency, String full, Period part, Period whole) {
        Money amount = new Money(new BigDecimal(full), Currency.iso(currency));
        return Proration.prorate(amount, part, whole).amount().toPlainString();
    }

    private static Period of(Duration duration) {
        return new Period(START, START.plus(duration));
    }
}
