package io.usance.kernel.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    private static final Currency USD = Currency.iso("USD");
    private static final Currency EUR = Currency.iso("EUR");

    @ParameterizedTest
    @CsvSource({
        "USD, 1.005, 1.01",
        "USD, 1.0049999, 1.00",
        "USD, -1.005, -1.01",
        "USD, -1.004, -1.00",
        "JPY, 0.5, 1",
        "JPY, 0.4999, 0",
        "JPY, -0.5, -1",
        "KWD, 0.0005, 0.001"
    })
    void rounding_is_half_away_from_zero_to_the_minor_unit(String currency, BigDecimal exact, BigDecimal rounded) {
        assertThat(Money.rounded(exact, Currency.iso(currency)).amount()).isEqualTo(rounded);
    }

    @Test
    void one_dollar_is_one_dollar_however_it_is_written() {
        assertThat(dollars("1")).isEqualTo(dollars("1.00")).hasSameHashCodeAs(dollars("1.000"));
    }

    @Test
    void more_digits_than_the_currency_has_are_refused_where_nothing_is_said_about_rounding() {
        assertThatThrownBy(() -> dollars("1.005")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void currencies_do_not_mix() {
        Money euro = new Money(BigDecimal.ONE, EUR);
        Money dollar = dollars("1");

        assertThat(euro).isNotEqualTo(dollar);
        assertThatThrownBy(() -> euro.plus(dollar)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> euro.minus(dollar)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> euro.compareTo(dollar)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void arithmetic_keeps_to_the_cent() {
        assertThat(dollars("0.10").plus(dollars("0.20"))).isEqualTo(dollars("0.30"));
        assertThat(dollars("0.10").minus(dollars("0.20"))).isEqualTo(dollars("-0.10"));
        assertThat(dollars("0.10").negate()).isEqualTo(dollars("-0.10"));
        assertThat(dollars("-3").min(dollars("2"))).isEqualTo(dollars("-3"));
    }

    @Test
    void zero_is_neither_positive_nor_negative() {
        Money zero = Money.zero(USD);

        assertThat(zero.isZero()).isTrue();
        assertThat(zero.isPositive()).isFalse();
        assertThat(zero.isNegative()).isFalse();
        assertThat(dollars("-0.01").isNegative()).isTrue();
        assertThat(dollars("0.01").isPositive()).isTrue();
    }

    @Test
    void it_prints_its_amount_and_currency() {
        assertThat(dollars("1E+3")).hasToString("1000.00 USD");
    }

    @Test
    void only_nothing_is_zero() {
        assertThat(dollars("0").isZero()).isTrue();
        assertThat(dollars("0.01").isZero()).isFalse();
        assertThat(dollars("-0.01").isZero()).isFalse();
    }

    @Test
    void a_currency_that_is_none_is_named() {
        assertThatThrownBy(() -> Currency.iso("XQQ"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no currency XQQ");
    }

    private static Money dollars(String amount) {
        return new Money(new BigDecimal(amount), USD);
    }
}
