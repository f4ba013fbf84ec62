package io.usance.catalog.meter.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.catalog.model.Violation;
import io.usance.kernel.meter.MeterAggregation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeterRulesTest {
    @ParameterizedTest
    @EnumSource(value = MeterAggregation.class, mode = EnumSource.Mode.EXCLUDE, names = "COUNT")
    void all_but_count_need_a_value(MeterAggregation aggregation) {
        assertThat(codes(aggregation, null, null)).containsExactly("value_property_required");
        assertThat(codes(aggregation, "$.value", null)).isEmpty();
    }

    @Test
    void count_has_no_value() {
        assertThat(codes(MeterAggregation.COUNT, "$.value", null)).containsExactly("value_property_not_allowed");
        assertThat(codes(MeterAggregation.COUNT, null, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "Model_1", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void names_of_dimensions_are_identifiers(String name) {
        assertThat(codes(MeterAggregation.COUNT, null, Map.of(name, "$.x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "a-b",
                "a b",
                "ä",
                "a\n",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void other_names_of_dimensions_are_refused(String name) {
        assertThat(codes(MeterAggregation.COUNT, null, Map.of(name, "$.x"))).containsExactly("invalid_dimension_name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject", "customer_id"})
    void what_the_event_itself_says_is_no_dimension_of_its_data(String name) {
        assertThat(codes(MeterAggregation.COUNT, null, Map.of(name, "$.x"))).containsExactly("reserved_dimension");
    }

    @Test
    void a_hundred_dimensions_are_enough() {
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (int i = 0; i < MeterRules.DIMENSIONS_MAX; i++) {
            dimensions.put("d" + i, "$.d" + i);
        }
        assertThat(codes(MeterAggregation.COUNT, null, dimensions)).isEmpty();
        dimensions.put("one_more", "$.x");
        assertThat(codes(MeterAggregation.COUNT, null, dimensions)).containsExactly("too_many_dimensions");
    }

    @Test
    void a_path_is_of_bounded_length_and_starts_at_the_root() {
        assertThat(codes(MeterAggregation.SUM, "$." + "x".repeat(MeterRules.PATH_LENGTH_MAX - 2), null))
                .isEmpty();
        assertThat(codes(MeterAggregation.SUM, "$." + "x".repeat(MeterRules.PATH_LENGTH_MAX - 1), null))
                .containsExactly("invalid_json_path");
        assertThat(codes(MeterAggregation.SUM, "tokens", null)).containsExactly("invalid_json_path");
        assertThat(codes(MeterAggregation.SUM, "$.data.tokens", null)).containsExactly("json_path_starts_at_event");
        assertThat(codes(MeterAggregation.SUM, "$['data'].tokens", null)).isEmpty();
    }

    @Test
    void the_json_path_library_has_the_last_word() {
        assertThat(MeterRules.violations(
                        MeterAggregation.SUM, "$.a", null, path -> Optional.of("cannot be read: " + path)))
                .containsExactly(new Violation("invalid_json_path", "cannot be read: $.a", "value_property"));
    }

    private static List<String> codes(
            MeterAggregation aggregation, String valueProperty, Map<String, String> dimensions) {
        return MeterRules.violations(aggregation, valueProperty, dimensions, path -> Optional.empty()).stream()
                .map(Violation::code)
                .toList();
    }
}
