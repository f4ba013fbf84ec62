package io.usance.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");
    private static final Instant TEN = NINE.plus(Duration.ofHours(1));
    private static final Instant ELEVEN = NINE.plus(Duration.ofHours(2));
    private static final Instant NOON = NINE.plus(Duration.ofHours(3));

    @Test
    void the_start_belongs_to_it_and_the_end_does_not() {
        Period period = new Period(NINE, TEN);

        assertThat(period.contains(NINE)).isTrue();
        assertThat(period.contains(TEN.minusNanos(1))).isTrue();
        assertThat(period.contains(TEN)).isFalse();
        assertThat(period.contains(NINE.minusNanos(1))).isFalse();
    }

    @Test
    void an_empty_or_backward_period_does_not_exist() {
        assertThatThrownBy(() -> new Period(NINE, NINE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Period(TEN, NINE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void overlapping_periods_have_a_period_in_common() {
        assertThat(new Period(NINE, ELEVEN).intersect(new Period(TEN, NOON))).contains(new Period(TEN, ELEVEN));
        assertThat(new Period(NINE, NOON).intersect(new Period(TEN, ELEVEN))).contains(new Period(TEN, ELEVEN));
    }

    @Test
    void periods_that_touch_have_nothing_in_common() {
        assertThat(new Period(NINE, TEN).intersect(new Period(TEN, ELEVEN))).isEmpty();
        assertThat(new Period(NINE, TEN).intersect(new Period(ELEVEN, NOON))).isEmpty();
    }

    @Test
    void an_open_bound_does_not_clip() {
        Period period = new Period(NINE, NOON);

        assertThat(period.clip(null, null)).contains(period);
        assertThat(period.clip(TEN, null)).contains(new Period(TEN, NOON));
        assertThat(period.clip(null, TEN)).contains(new Period(NINE, TEN));
        assertThat(period.clip(NOON, null)).isEmpty();
    }

    @Test
    void it_lasts_as_long_as_time_passes() {
        assertThat(new Period(NINE, NOON).duration()).isEqualTo(Duration.ofHours(3));
    }
}
