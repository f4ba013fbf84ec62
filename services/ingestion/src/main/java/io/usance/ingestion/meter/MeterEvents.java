package io.usance.ingestion.meter;

import io.smallrye.mutiny.Uni;
import io.usance.runtime.delivery.Deliveries;
import io.usance.runtime.delivery.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Keeps up with what catalog says about meters. */
@ApplicationScoped
class MeterEvents {
    @Inject
    Deliveries deliveries;

    @Inject
    KnownMeters meters;

    @Incoming("catalog-events")
    Uni<Void> on(Message<byte[]> message) {
        return deliveries.take(message, this::take);
    }

    private Uni<Void> take(Envelope event) {
        return switch (event.type()) {
            case "MeterCreated", "MeterUpdated" -> meters.put(event);
            case "MeterDeleted" -> meters.remove(event);
            default -> Uni.createFrom().voidItem();
        };
    }
}
