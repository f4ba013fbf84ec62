package io.usance.ingestion.customer;

import io.smallrye.mutiny.Uni;
import io.usance.runtime.delivery.Deliveries;
import io.usance.runtime.delivery.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Keeps up with what the subscription service says about customers. */
@ApplicationScoped
class CustomerEvents {
    @Inject
    Deliveries deliveries;

    @Inject
    KnownCustomers customers;

    @Incoming("subscription-events")
    Uni<Void> on(Message<byte[]> message) {
        return deliveries.take(message, this::take);
    }

    private Uni<Void> take(Envelope event) {
        return switch (event.type()) {
            case "CustomerCreated", "CustomerUpdated" -> customers.put(event);
            case "CustomerDeleted" -> customers.remove(event);
            default -> Uni.createFrom().voidItem();
        };
    }
}
