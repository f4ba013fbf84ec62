package io.usance.ingestion.event;

import io.usance.contracts.usage.UsageEvents;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.contracts.usage.UsageEventsFormat;
import io.usance.ingestion.event.StoringTransaction.Offset;
import io.usance.runtime.delivery.DeadLetters;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record of the topic of accepted events.
 *
 * @param content what it says; null if it could not be read and was put aside
 */
record LogRecord(ConsumerRecord<String, byte[]> origin, UsageEvents content) {

    TopicPartition partition() {
        return new TopicPartition(origin.topic(), origin.partition());
    }

    /** Where reading goes on after it. */
    Offset end() {
        return new Offset(origin.offset() + 1, leaderEpoch());
    }

    /**
     * Whether it was not read yet when reading had come to {@code reached}. Where a log was cut off, other records follow with
     * the same offsets, which a later leader wrote.
     */
    boolean isAfter(Offset reached) {
        return origin.offset() >= reached.next() || leaderEpoch() > reached.leaderEpoch();
    }

    private int leaderEpoch() {
        return origin.leaderEpoch().orElse(Offset.NO_EPOCH);
    }

    int size() {
        return content == null ? 0 : content.events().size();
    }

    /** The record without its content, of which then only the place in the log is left. */
    LogRecord withoutContent() {
        return new LogRecord(origin, null);
    }

    /** The record as it is put aside. */
    DeadLetters.Letter letter() {
        byte[] payload = origin.value() == null ? new byte[0] : origin.value();
        return new DeadLetters.Letter(origin.topic(), origin.partition(), origin.offset(), origin.key(), payload);
    }

    /** One event of the record as it is put aside: as if its request had held nothing else. */
    DeadLetters.Letter letter(UsageEvent event) {
        UsageEvents alone = new UsageEvents(content.namespace(), content.receivedAt(), List.of(event));
        return new DeadLetters.Letter(
                origin.topic(), origin.partition(), origin.offset(), origin.key(), UsageEventsFormat.write(alone));
    }

    /** The record with only some of its events. */
    LogRecord with(List<UsageEvent> events) {
        return events.isEmpty()
                ? withoutContent()
                : new LogRecord(origin, new UsageEvents(content.namespace(), content.receivedAt(), events));
    }

    /** The record without one of its events, which is put aside. */
    LogRecord without(UsageEvent event) {
        return with(content.events().stream().filter(other -> other != event).toList());
    }
}
