package io.usance.subscription.plan;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.PlanArchived;
import io.usance.contracts.catalog.PlanPublished;
import io.usance.runtime.delivery.Deliveries;
import io.usance.runtime.delivery.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Hears what catalog tells of plans. */
@ApplicationScoped
class PlanEvents {
    @Inject
    Deliveries deliveries;

    @Inject
    KnownPlans plans;

    @Incoming("catalog-events")
    Uni<Void> on(Message<byte[]> message) {
        return deliveries.take(message, this::take);
    }

    private Uni<Void> take(Envelope event) {
        return switch (event.type()) {
            case "PlanPublished" -> plans.published(event.namespace(), event.as(PlanPublished.class), event.sequence());
            case "PlanArchived" -> plans.archived(event.namespace(), event.as(PlanArchived.class), event.sequence());
            default -> Uni.createFrom().voidItem();
        };
    }
}
