package io.usance.ingestion.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.contracts.usage.UsageEvents;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.contracts.usage.UsageEventsFormat;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LogRecordTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UsageEvent GOOD = new UsageEvent("s", "1", "t", "j", NOW, "{}");
    private static final UsageEvent BAD = new UsageEvent("s", "2", "t", "j", NOW, "{}");
    private static final UsageEvents BOTH = new UsageEvents("acme", NOW.plusSeconds(7), List.of(GOOD, BAD));

    private final LogRecord record =
            new LogRecord(new ConsumerRecord<>("topic", 3, 4L, "key", UsageEventsFormat.write(BOTH)), BOTH);

    @Test
    void one_event_is_put_aside_without_its_neighbours_and_keeps_when_it_was_received() {
        assertThat(UsageEventsFormat.read(record.letter(BAD).payload()))
                .isEqualTo(new UsageEvents("acme", NOW.plusSeconds(7), List.of(BAD)));
        assertThat(record.letter(BAD))
                .extracting("topic", "partition", "offset", "key")
                .containsExactly("topic", 3, 4L, "key");
    }

    @Test
    void the_others_stay_and_a_record_without_any_keeps_its_place() {
        assertThat(record.without(BAD).content().events()).containsExactly(GOOD);
        assertThat(record.without(BAD).without(GOOD).content()).isNull();
        assertThat(record.without(BAD).without(GOOD).origin()).isSameAs(record.origin());
    }
}
