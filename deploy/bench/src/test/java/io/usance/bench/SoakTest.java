package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.usance.bench.LineChart.Point;
import io.usance.bench.Load.Sample;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakTest {
    private static final List<Sample> SAMPLES = IntStream.range(0, 120)
            .mapToObj(second -> new Sample(second, second * 100L, second * 90L, second * 80L, second < 20 ? 5 : second))
            .toList();

    @Test
    void memory_is_compared_by_the_medians_of_stretches() {
        assertThat(Soak.medianBytes(SAMPLES, 0, 6)).isEqualTo(5);
        assertThat(Soak.medianBytes(SAMPLES, 1, 6)).isEqualTo(29.5);
        assertThat(Soak.medianBytes(SAMPLES, 5, 6)).isEqualTo(109.5);
    }

    @Test
    void a_soak_that_was_too_short_says_so() {
        assertThatIllegalArgumentException().isThrownBy(() -> Soak.medianBytes(SAMPLES.subList(0, 3), 0, 6));
    }

    @Test
    void rates_are_taken_over_stretches_of_time() {
        assertThat(MeasureIngest.rates(SAMPLES, Sample::accepted))
                .hasSize(59)
                .extracting(Point::y)
                .containsOnly(100.0);
    }
}
