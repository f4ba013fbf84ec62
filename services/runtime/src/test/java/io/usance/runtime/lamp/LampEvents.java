package io.usance.runtime.lamp;

import io.opentelemetry.api.trace.Span;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.delivery.Deliveries;
import io.usance.runtime.delivery.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A consumer like those of a service. What it does once too often shows in the column {@code taken}. */
@ApplicationScoped
public class LampEvents {
    private static final String PUT = """
            insert into known_lamp as known (namespace, id, color, sequence, taken, trace_id)
            values (:namespace, :id, :color, :sequence, 1, :trace_id)
            on conflict (namespace, id) do update set
                taken = known.taken + 1,
                color = case when excluded.sequence > known.sequence then excluded.color else known.color end,
                sequence = greatest(excluded.sequence, known.sequence),
                trace_id = excluded.trace_id
            """;

    @Inject
    Deliveries deliveries;

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    @Incoming("lamp-events")
    Uni<Void> on(Message<byte[]> message) {
        return deliveries.take(message, this::take);
    }

    private Uni<Void> take(Envelope event) {
        return switch (event.type()) {
            case "LampRecolored" -> put(event, event.as(LampRecolored.class).color());
            case "LampFlickered" -> flicker(event, event.as(LampFlickered.class).times());
            default -> Uni.createFrom().voidItem();
        };
    }

    /** Writes first and fails then, so that a try which is not rolled back shows. */
    private Uni<Void> flicker(Envelope event, int times) {
        return put(event, "flickering").invoke(() -> {
            if (failures.merge(event.eventId(), 1, Integer::sum) <= times) {
                throw new IllegalStateException("flickers");
            }
        });
    }

    private static Uni<Void> put(Envelope event, String color) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PUT)
                        .setParameter("namespace", event.namespace())
                        .setParameter("id", event.entityId())
                        .setParameter("color", color)
                        .setParameter("sequence", event.sequence())
                        .setParameter(
                                "trace_id", Span.current().getSpanContext().getTraceId())
                        .executeUpdate())
                .replaceWithVoid();
    }
}
