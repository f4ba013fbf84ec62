package io.usance.contracts.usage;

import java.time.Instant;
import java.util.List;

/**
 * What one accepted request carried: one record on {@link io.usance.contracts.Topics#EVENTS}, so that a batch is taken
 * whole or not at all.
 *
 * @param namespace the tenant
 * @param receivedAt when the request came; the time of events that carry none
 * @param events CloudEvents as they came, 1 or more
 */
public record UsageEvents(String namespace, Instant receivedAt, List<UsageEvent> events) {

    /**
     * @param occurredAt the event's own time, or when it was received
     * @param body the CloudEvent as it came: JSON text, kept as text so that no digit and no order of keys is lost
     */
    public record UsageEvent(String source, String id, String type, String subject, Instant occurredAt, String body) {}
}
