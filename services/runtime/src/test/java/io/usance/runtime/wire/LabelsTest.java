package io.usance.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.usance.runtime.problem.InvalidParameter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {
    @Test
    void keys_of_letters_digits_dots_dashes_and_underscores_are_fine() {
        assertThat(Labels.faults("labels", Map.of("team", "a", "cost-center.2_x", "b", "X", "c", "a--b", "d")))
                .isEmpty();
        assertThat(Labels.faults("labels", null)).isEmpty();
    }

    @Test
    void every_reserved_prefix_is_refused() {
        for (String prefix : Labels.RESERVED_PREFIXES) {
            assertThat(Labels.faults("labels", Map.of(prefix + "1", "a")))
                    .extracting(InvalidParameter::field, InvalidParameter::rule)
                    .containsExactly(tuple("labels." + prefix + "1", "is_label"));
        }
    }

    @Test
    void odd_keys_are_refused() {
        for (String key : new String[] {"", "-a", "a-", "a b", "ä", "a/b"}) {
            assertThat(Labels.faults("labels", Map.of(key, "a"))).as(key).hasSize(1);
        }
    }

    @Test
    void a_key_has_at_most_63_characters() {
        assertThat(Labels.faults("phases[0].labels", Map.of("a".repeat(63), "a")))
                .isEmpty();
        assertThat(Labels.faults("phases[0].labels", Map.of("a".repeat(64), "a")))
                .extracting(InvalidParameter::rule, InvalidParameter::maximum)
                .containsExactly(tuple("max_length", 63));
    }
}
