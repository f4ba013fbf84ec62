package io.usance.invoicing.subscription;

import io.smallrye.mutiny.Uni;
import io.usance.invoicing.customer.KnownCustomers;
import io.usance.invoicing.profile.BillingProfiles;
import io.usance.runtime.delivery.Deliveries;
import io.usance.runtime.delivery.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Keeps up with what the subscription service says. */
@ApplicationScoped
class SubscriptionEvents {
    @Inject
    Deliveries deliveries;

    @Inject
    KnownCustomers customers;

    @Inject
    KnownSubscriptions subscriptions;

    @Inject
    BillingProfiles profiles;

    @Incoming("subscription-events")
    Uni<Void> on(Message<byte[]> message) {
        return deliveries.take(message, this::take);
    }

    private Uni<Void> take(Envelope event) {
        return switch (event.type()) {
            case "CustomerCreated", "CustomerUpdated" ->
                customers
                        .put(event, event.data().get("customer"))
                        .chain(() -> profiles.byDefault(event.namespace()))
                        .replaceWithVoid();
            case "CustomerDeleted" -> customers.remove(event);
            case "SubscriptionCreated", "SubscriptionCanceled", "SubscriptionCancelationUnscheduled" ->
                subscriptions.put(event, event.data().get("subscription"));
            default -> Uni.createFrom().voidItem();
        };
    }
}
