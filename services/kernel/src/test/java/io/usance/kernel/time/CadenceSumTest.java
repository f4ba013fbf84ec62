package io.usance.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CadenceSumTest {
    private static final Instant END_OF_JANUARY = Instant.parse("2026-01-31T10:00:00Z");

    @Test
    void the_end_of_a_row_of_months_does_not_drift() {
        Cadence month = Cadence.parse("P1M");

        assertThat(month.after(month.after(END_OF_JANUARY))).isEqualTo(Instant.parse("2026-03-28T10:00:00Z"));
        assertThat(month.plus(month).after(END_OF_JANUARY)).isEqualTo(Instant.parse("2026-03-31T10:00:00Z"));
    }

    @Test
    void months_days_and_time_add_up_each_for_itself() {
        Cadence sum = Cadence.parse("P1Y1M2W").plus(Cadence.parse("P2M3DT90M"));

        assertThat(sum).isEqualTo(Cadence.parse("P15M17DT1H30M"));
        assertThat(sum).hasToString("P15M17DT5400S");
        assertThat(Cadence.parse(sum.toString())).isEqualTo(sum);
    }
}
