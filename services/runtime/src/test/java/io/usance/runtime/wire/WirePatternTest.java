package io.usance.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WirePatternTest {
    private static final WirePattern KEY = new WirePattern("^[a-z0-9]+(?:_[a-z0-9]+)*$");

    @Test
    void a_pattern_ends_where_the_text_does() {
        assertThat(KEY.matches("agent_runs")).isTrue();
        assertThat(KEY.matches("agent_runs\n")).isFalse();
        assertThat(KEY.matches("\nagent_runs")).isFalse();
        assertThat(new WirePattern("b").matches("abc")).isTrue();
    }

    @Test
    void no_text_is_long_enough_to_take_the_stack() {
        assertThat(KEY.matches("a" + "_a".repeat(499))).isTrue();
        assertThat(KEY.matches("a" + "_a".repeat(1_000_000))).isFalse();
    }
}
