package io.usance.kernel.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.meter.DimensionFilter.All;
import io.usance.kernel.meter.DimensionFilter.Any;
import io.usance.kernel.meter.DimensionFilter.Contains;
import io.usance.kernel.meter.DimensionFilter.Exists;
import io.usance.kernel.meter.DimensionFilter.In;
import io.usance.kernel.meter.DimensionFilter.Not;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DimensionFilterTest {
    private static final String MISSING = "";

    @Test
    void a_dimension_exists_unless_it_is_missing() {
        assertThat(new Exists(true).matches("gpt-4o")).isTrue();
        assertThat(new Exists(true).matches(MISSING)).isFalse();
        assertThat(new Exists(false).matches("gpt-4o")).isFalse();
        assertThat(new Exists(false).matches(MISSING)).isTrue();
    }

    @Test
    void one_of_several_values_is_taken_exactly_as_written() {
        DimensionFilter filter = new In(Set.of("gpt-4o", "o3"));

        assertThat(filter.matches("o3")).isTrue();
        assertThat(filter.matches("O3")).isFalse();
        assertThat(filter.matches("o3 ")).isFalse();
        assertThat(filter.matches(MISSING)).isFalse();
    }

    @Test
    void a_missing_dimension_is_the_empty_text() {
        assertThat(new In(Set.of("")).matches(MISSING)).isTrue();
        assertThat(new Not(new In(Set.of("o3"))).matches(MISSING)).isTrue();
        assertThat(new Contains("").matches(MISSING)).isTrue();
        assertThat(new Contains("o").matches(MISSING)).isFalse();
    }

    @Test
    void a_part_of_the_value_is_enough_to_contain_it() {
        assertThat(new Contains("pt-4").matches("gpt-4o")).isTrue();
        assertThat(new Contains("PT-4").matches("gpt-4o")).isFalse();
        assertThat(new Contains(".*").matches("gpt-4o")).isFalse();
        assertThat(new Not(new Contains("pt-4")).matches("gpt-4o")).isFalse();
    }

    @Test
    void all_or_any_of_several_conditions_can_be_asked_for() {
        DimensionFilter startsLikeGpt = new Contains("gpt");
        DimensionFilter isO3 = new In(Set.of("o3"));

        assertThat(new All(List.of(startsLikeGpt, new Not(isO3))).matches("gpt-4o"))
                .isTrue();
        assertThat(new All(List.of(startsLikeGpt, isO3)).matches("gpt-4o")).isFalse();
        assertThat(new Any(List.of(startsLikeGpt, isO3)).matches("o3")).isTrue();
        assertThat(new Any(List.of(startsLikeGpt, isO3)).matches("claude")).isFalse();
    }

    @Test
    void no_condition_takes_everything_and_no_alternative_nothing() {
        assertThat(new All(List.of()).matches("o3")).isTrue();
        assertThat(new Any(List.of()).matches("o3")).isFalse();
    }

    @Test
    void a_filter_does_not_change_with_the_set_it_was_made_from() {
        Set<String> values = new HashSet<>(Set.of("o3"));
        DimensionFilter filter = new In(values);
        values.add("gpt-4o");

        assertThat(filter.matches("gpt-4o")).isFalse();
    }
}
