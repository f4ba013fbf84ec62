package io.usance.kernel.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeterValueTest {
    private static final String DIGITS_38 = "1".repeat(MeterValue.PRECISION_MAX);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1",
                "+1",
                "-1.50",
                "123.45",
                ".5",
                "5.",
                "1e3",
                "1E-3",
                "007",
                "12345678901234567890.123456789",
                "1e59",
                "1e-60",
                "0.000000000000000000000000000001"
            })
    void decimal_numbers_are_taken_to_the_last_digit(String text) {
        assertThat(MeterValue.parse(text)).contains(new BigDecimal(text));
        assertThat(MeterValue.refusal(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-inf",
                "0x1F",
                "1,000",
                "1.000,5",
                "1_000",
                "1 000",
                " 1",
                "1 ",
                "1f",
                "1d",
                "1L",
                "--1",
                "e5",
                "1e",
                ".",
                "+",
                "one",
                "null",
                "true",
                "٣",
                "１",
                "−1",
                "1e12345",
                "1\n"
            })
    void what_is_no_decimal_number_is_not_taken(String text) {
        assertThat(MeterValue.parse(text)).isEmpty();
        assertThat(MeterValue.refusal(text)).contains("is not a decimal number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void blanks_are_not_taken(String text) {
        assertThat(MeterValue.parse(text)).isEmpty();
        assertThat(MeterValue.refusal(text)).contains("is blank");
    }

    @Test
    void there_are_at_most_38_significant_digits() {
        assertThat(MeterValue.parse(DIGITS_38)).isPresent();
        assertThat(MeterValue.parse(DIGITS_38 + "000")).isPresent();
        assertThat(MeterValue.parse(DIGITS_38 + "1")).isEmpty();
        assertThat(MeterValue.refusal(DIGITS_38 + "1")).contains("has more than 38 significant digits");
    }

    @ParameterizedTest
    @CsvSource({"1e60", "1e-61", "1e9999", "-1e-9999", "0e9999"})
    void exponents_are_bounded(String text) {
        assertThat(MeterValue.parse(text)).isEmpty();
        assertThat(MeterValue.refusal(text)).contains("needs more than 60 digits before or after the decimal point");
    }

    @Test
    void a_text_without_end_is_not_read_to_its_end() {
        assertThat(MeterValue.parse("1" + "0".repeat(1_000_000))).isEmpty();
    }

    @Test
    void numbers_that_are_read_already_have_the_same_bounds() {
        assertThat(MeterValue.bounded(new BigDecimal(DIGITS_38))).isPresent();
        assertThat(MeterValue.bounded(new BigDecimal(DIGITS_38 + "1"))).isEmpty();
        assertThat(MeterValue.bounded(new BigDecimal("1E+2000000000"))).isEmpty();
        assertThat(MeterValue.bounded(new BigDecimal("1E-2000000000"))).isEmpty();
    }
}
