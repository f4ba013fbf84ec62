package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KafkaLimitTest {
    @Test
    void the_rate_of_the_whole_run_is_the_one_that_is_said_last() {
        assertThat(KafkaLimit.rate("""
                        1104 records sent, 220.8 records/sec (0.06 MB/sec), 21.2 ms avg latency, 215.0 ms max latency.
                        3000000 records sent, 411917.342579 records/sec (106.46 MB/sec), 3.33 ms avg latency, 217.00 ms max \
                        latency, 1 ms 50th, 14 ms 95th, 32 ms 99th, 200 ms 99.9th.
                        """)).hasValue(411_917.342579);
    }

    @Test
    void what_says_nothing_has_no_rate() {
        assertThat(KafkaLimit.rate("org.apache.kafka.common.errors.TimeoutException"))
                .isEmpty();
    }
}
