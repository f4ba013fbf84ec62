package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void a_percentile_is_the_least_value_that_so_many_do_not_exceed() {
        Latencies latencies = new Latencies();
        List<Long> millis = LongStream.rangeClosed(1, 2_000).boxed().collect(Collectors.toList());
        Collections.shuffle(millis);
        millis.forEach(value -> latencies.add(value * 1_000_000));
        assertThat(latencies.count()).isEqualTo(2_000);
        assertThat(latencies.percentileMillis(50)).isEqualTo(1_000);
        assertThat(latencies.percentileMillis(99)).isEqualTo(1_980);
        assertThat(latencies.percentileMillis(100)).isEqualTo(2_000);
        assertThat(latencies.percentileMillis(0.01)).isEqualTo(1);
    }

    @Test
    void one_value_is_every_percentile() {
        Latencies latencies = new Latencies();
        latencies.add(2_500_000);
        assertThat(latencies.percentileMillis(50)).isEqualTo(2.5);
        assertThat(latencies.percentileMillis(99)).isEqualTo(2.5);
    }

    @Test
    void nothing_has_no_percentile() {
        assertThatIllegalStateException().isThrownBy(() -> new Latencies().percentileMillis(50));
    }
}
