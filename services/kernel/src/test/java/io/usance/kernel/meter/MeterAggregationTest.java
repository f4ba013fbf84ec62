package io.usance.kernel.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeterAggregationTest {
    @ParameterizedTest
    @CsvSource({"sum, SUM", "COUNT, COUNT", "Unique_Count, UNIQUE_COUNT", "latest, LATEST", "mIn, MIN"})
    void names_are_taken_in_any_case(String text, MeterAggregation aggregation) {
        assertThat(MeterAggregation.parse(text)).contains(aggregation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "median", "unique-count", " sum", "sum "})
    void other_names_are_not_taken(String text) {
        assertThat(MeterAggregation.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_name_on_the_wire_leads_back(MeterAggregation aggregation) {
        assertThat(MeterAggregation.parse(aggregation.wireName())).contains(aggregation);
    }

    @Test
    void the_name_on_the_wire_is_the_same_in_every_locale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(MeterAggregation.MIN.wireName()).isEqualTo("min");
            assertThat(MeterAggregation.parse("min")).contains(MeterAggregation.MIN);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SUM, true, true",
        "COUNT, false, true",
        "AVG, true, false",
        "MIN, true, false",
        "MAX, true, false",
        "UNIQUE_COUNT, true, true",
        "LATEST, true, true"
    })
    void all_but_counts_need_a_value_and_only_sums_and_levels_can_be_priced(
            MeterAggregation aggregation, boolean needsValue, boolean billable) {
        assertThat(aggregation.needsValue()).isEqualTo(needsValue);
        assertThat(aggregation.isBillable()).isEqualTo(billable);
    }
}
