package io.usance.subscription.subscription;

import io.smallrye.mutiny.Uni;
import io.usance.subscription.plan.Plans;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Subscribes a customer to a plan: finds out which plan first, since that may mean a question to catalog. */
@ApplicationScoped
class CreateSubscription {
    @Inject
    Plans plans;

    @Inject
    StartSubscription startSubscription;

    @Inject
    Clock clock;

    Uni<SubscriptionView> create(String namespace, CreateSubscriptionRequest request) {
        request.requireValid(clock.instant());
        return plans.resolve(namespace, request.plan())
                .chain(plan -> startSubscription.start(namespace, request, plan));
    }
}
