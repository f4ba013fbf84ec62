package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AimTest {
    @Test
    void what_is_more_than_wanted_is_met_where_more_is_better() {
        assertThat(Aim.atLeast("speed", 30_000, 30_000, Aim::perSecond).verdict())
                .isEqualTo("met");
        assertThat(Aim.atMost("ratio", 1.3, 1.3, Aim::ratio).verdict()).isEqualTo("met");
    }

    @Test
    void what_is_missed_says_by_how_much_of_what_was_wanted() {
        Aim speed = Aim.atLeast("speed", 30_000, 24_000, Aim::perSecond);
        assertThat(speed.wanted()).isEqualTo("at least 30,000/s");
        assertThat(speed.measured()).isEqualTo("24,000/s");
        assertThat(speed.verdict()).isEqualTo("missed by 20 %");
        assertThat(Aim.atMost("latency", 25, 26, Aim::millis).verdict()).isEqualTo("missed by 4.0 %");
    }
}
