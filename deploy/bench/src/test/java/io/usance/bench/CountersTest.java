package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountersTest {
    @Test
    void counters_are_read_from_the_metrics_whatever_their_labels() {
        assertThat(Counters.of("""
                        # HELP ingestion_events_stored_total
                        # TYPE ingestion_events_stored_total counter
                        ingestion_events_stored_total 1.2345678E7
                        ingestion_events_stored_total_max 99.0
                        ingestion_events_duplicates_total{reason="same"} 10.0
                        ingestion_events_duplicates_total{reason="other"} 5.0
                        """)).isEqualTo(new Counters(12_345_678, 15, 0));
    }

    @Test
    void an_event_is_done_with_when_it_is_counted_or_was_there() {
        assertThat(new Counters(100, 7, 90).settled()).isEqualTo(97);
        assertThat(new Counters(100, 7, 100).minus(new Counters(40, 3, 40))).isEqualTo(new Counters(60, 4, 60));
    }
}
