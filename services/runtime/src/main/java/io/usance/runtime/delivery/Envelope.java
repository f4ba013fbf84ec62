package io.usance.runtime.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usance.runtime.wire.WireFormat;
import java.time.Instant;

/**
 * What stands around every event on a topic.
 *
 * @param eventId ULID; the same when the event is delivered again
 * @param type simple name of the event's record, e.g. {@code MeterCreated}
 * @param namespace the tenant
 * @param entityId what the event is about; events of one entity keep their order
 * @param sequence rises with every event of an entity; an event with a lower one is older
 * @param occurredAt when it happened
 * @param data the event's record
 */
public record Envelope(
        String eventId,
        String type,
        String namespace,
        String entityId,
        long sequence,
        Instant occurredAt,
        JsonNode data) {
    private static final ObjectMapper JSON = WireFormat.mapper();

    /**
     * The event's record. What the record does not know is passed over, so that a newer sender can say more.
     *
     * @throws IllegalArgumentException if {@code data} has another form than {@code record}
     */
    public <T> T as(Class<T> record) {
        try {
            return JSON.treeToValue(data, record);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(type + " is not a " + record.getSimpleName(), unreadable);
        }
    }
}
