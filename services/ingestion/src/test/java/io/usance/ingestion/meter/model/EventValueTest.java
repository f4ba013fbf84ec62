package io.usance.ingestion.meter.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.meter.MeterAggregation;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventValueTest {
    private static final String LONG = "12345678901234567890.123456789";

    @ParameterizedTest
    @EnumSource(names = {"SUM", "AVG", "MIN", "MAX", "LATEST"})
    void a_number_and_a_numeric_text_are_the_same_value_to_the_last_digit(MeterAggregation aggregation) {
        EventValue.Usable expected = new EventValue.Usable(new BigDecimal(LONG), null);
        assertThat(EventValue.of(aggregation, new Found.Number(new BigDecimal(LONG))))
                .isEqualTo(expected);
        assertThat(EventValue.of(aggregation, new Found.Text(LONG))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NaN|meter_value_invalid",
                "Infinity|meter_value_invalid",
                "-Infinity|meter_value_invalid",
                "twelve|meter_value_invalid",
                "''|meter_value_invalid",
                "1,5|meter_value_invalid",
                "0x10|meter_value_invalid",
                "123456789012345678901234567890123456789|meter_value_invalid"
            })
    void a_text_that_is_no_finite_number_is_refused(String text, String code) {
        assertThat(EventValue.of(MeterAggregation.SUM, new Found.Text(text)))
                .isInstanceOfSatisfying(EventValue.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.clause()).isNotBlank();
                });
    }

    @Test
    void a_number_with_too_many_digits_is_refused() {
        assertThat(EventValue.of(MeterAggregation.SUM, new Found.Number(new BigDecimal("1e400"))))
                .isEqualTo(new EventValue.Refused("meter_value_invalid", "has too many digits"));
    }

    @ParameterizedTest
    @EnumSource(Found.Other.class)
    void what_is_no_single_value_is_missing_unless_only_events_are_counted(Found.Other other) {
        for (MeterAggregation aggregation : MeterAggregation.values()) {
            EventValue value = EventValue.of(aggregation, other);
            if (aggregation == MeterAggregation.COUNT) {
                assertThat(value).isInstanceOf(EventValue.Usable.class);
            } else {
                assertThat(value).isEqualTo(new EventValue.Refused("meter_value_missing", other.clause()));
            }
        }
    }

    @Test
    void a_boolean_is_a_different_value_and_no_number() {
        assertThat(EventValue.of(MeterAggregation.UNIQUE_COUNT, new Found.Truth(true)))
                .isEqualTo(new EventValue.Usable(null, "true"));
        assertThat(EventValue.of(MeterAggregation.SUM, new Found.Truth(true)))
                .isEqualTo(new EventValue.Refused("meter_value_invalid", "is not a number"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void an_empty_text_and_the_word_null_are_nobody(String text) {
        assertThat(EventValue.of(MeterAggregation.UNIQUE_COUNT, new Found.Text(text)))
                .isInstanceOf(EventValue.Refused.class);
    }

    @Test
    void the_text_1_and_the_number_1_are_one_different_value() {
        assertThat(EventValue.of(MeterAggregation.UNIQUE_COUNT, new Found.Text("1")))
                .isEqualTo(EventValue.of(MeterAggregation.UNIQUE_COUNT, new Found.Number(BigDecimal.ONE)));
    }

    @Test
    void a_dimension_is_a_text() {
        assertThat(new Found.Text("gpt-4o").asDimension()).isEqualTo("gpt-4o");
        assertThat(new Found.Truth(true).asDimension()).isEqualTo("true");
        assertThat(new Found.Number(new BigDecimal("123")).asDimension()).isEqualTo("123");
        assertThat(new Found.Number(new BigDecimal("1.50")).asDimension()).isEqualTo("1.50");
        assertThat(new Found.Number(new BigDecimal("1E+3")).asDimension()).isEqualTo("1000");
    }

    @ParameterizedTest
    @EnumSource(Found.Other.class)
    void a_dimension_without_a_single_value_is_empty(Found.Other other) {
        assertThat(other.asDimension()).isEmpty();
    }
}
