package io.usance.subscription.subscription;

import static io.usance.subscription.subscription.model.SubscriptionAction.UNSCHEDULE_CANCELATION;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.Topics;
import io.usance.contracts.subscription.SubscriptionCancelationUnscheduled;
import io.usance.runtime.outbox.Outbox;
import io.usance.subscription.subscription.model.SubscriptionStatus;
import io.usance.subscription.subscription.model.Term;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/** Takes back an end that has not come yet. */
@ApplicationScoped
class UnscheduleCancelation {
    @Inject
    SubscriptionRepository subscriptions;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    /** Fails with 409 unless the subscription is canceled and still running, and no other has begun meanwhile. */
    @WithTransaction
    Uni<SubscriptionView> unschedule(String namespace, String id) {
        return subscriptions
                .lock(namespace, id)
                .invoke(this::reopen)
                .call(row -> outbox.append(
                        Topics.SUBSCRIPTION,
                        namespace,
                        id,
                        row.sequence,
                        new SubscriptionCancelationUnscheduled(row.toContract())))
                .onFailure(SubscriptionRepository.OPEN)
                .transform(violation -> SubscriptionProblems.onlyOneAtATime())
                .invoke(row -> Log.infof("cancelation unscheduled namespace=%s subscription=%s", namespace, id))
                .map(row -> SubscriptionView.of(row, row.updatedAt));
    }

    private void reopen(SubscriptionRow row) {
        Instant now = clock.instant();
        Term term = row.term();
        SubscriptionStatus status = term.statusAt(now);
        if (!status.allows(UNSCHEDULE_CANCELATION)) {
            throw SubscriptionProblems.notAllowed(UNSCHEDULE_CANCELATION, status);
        }
        row.end(term.unscheduleCancelation(), now);
    }
}
