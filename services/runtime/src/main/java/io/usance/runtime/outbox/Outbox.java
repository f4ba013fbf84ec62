package io.usance.runtime.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.delivery.Envelope;
import io.usance.runtime.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Where a use case says what it did, in the transaction in which it does it: both are committed or neither. The
 * {@link OutboxRelay} publishes it afterwards.
 */
@ApplicationScoped
public class Outbox {
    /** Largest event in bytes of JSON; the topics take twice as much. */
    public static final int PAYLOAD_SIZE_MAX = 4 * 1024 * 1024;

    private static final String APPEND = """
            insert into outbox (namespace, topic, key, payload, traceparent, created_at)
            values (:namespace, :topic, :key, :payload, :traceparent, :created_at)
            """;

    @Inject
    ObjectMapper json;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    /**
     * Says that {@code event} happened.
     *
     * @param entityId what it is about; events of one entity are published in the order of their commits
     * @param sequence greater than that of every earlier event of the entity
     * @param event a record; its simple name is the event's type
     * @return fails with {@link IllegalStateException} outside a transaction, and with {@link IllegalArgumentException} if
     *     the event is larger than {@value #PAYLOAD_SIZE_MAX} bytes
     */
    public Uni<Void> append(String topic, String namespace, String entityId, long sequence, Record event) {
        Instant now = clock.instant();
        Envelope envelope = new Envelope(
                ids.next(),
                event.getClass().getSimpleName(),
                namespace,
                entityId,
                sequence,
                now,
                json.valueToTree(event));
        return Panache.getSession()
                .chain(session -> insert(session, topic, envelope, now))
                .replaceWithVoid();
    }

    private Uni<Integer> insert(Mutiny.Session session, String topic, Envelope envelope, Instant now) {
        if (session.currentTransaction() == null) {
            return Uni.createFrom()
                    .failure(new IllegalStateException("an event is appended in the transaction it tells of"));
        }
        // Writes the entity first: its lock is what makes the order of the rows the order of the commits.
        return session.flush()
                .chain(() -> session.createNativeQuery(APPEND)
                        .setParameter("namespace", envelope.namespace())
                        .setParameter("topic", topic)
                        .setParameter("key", envelope.namespace() + "/" + envelope.entityId())
                        .setParameter("payload", write(envelope))
                        .setParameter("traceparent", traceparent())
                        .setParameter("created_at", now)
                        .executeUpdate());
    }

    private String write(Envelope envelope) {
        try {
            String payload = json.writeValueAsString(envelope);
            if (payload.getBytes(StandardCharsets.UTF_8).length > PAYLOAD_SIZE_MAX) {
                throw new IllegalArgumentException(
                        envelope.type() + " is larger than " + PAYLOAD_SIZE_MAX + " bytes: " + envelope.entityId());
            }
            return payload;
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("not writable as JSON: " + envelope.type(), unwritable);
        }
    }

    /** The W3C trace context of this moment; empty when none is going on. */
    private static String traceparent() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex()
                : "";
    }
}
