package io.usance.subscription.subscription;

import static io.usance.subscription.subscription.model.SubscriptionAction.CANCEL;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.Topics;
import io.usance.contracts.subscription.SubscriptionCanceled;
import io.usance.runtime.outbox.Outbox;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.subscription.subscription.model.SubscriptionStatus;
import io.usance.subscription.subscription.model.Term;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;

/** Gives a subscription an end: at once, with its billing period, or at the start of a later one. */
@Startup // so that its metrics are there before it is first needed
@ApplicationScoped
class CancelSubscription {
    @Inject
    SubscriptionRepository subscriptions;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    private final Counter canceled;

    CancelSubscription(MeterRegistry metrics) {
        canceled = metrics.counter("subscription.subscriptions.canceled");
    }

    /** Fails with 409 unless the subscription is active. */
    @WithTransaction
    Uni<SubscriptionView> cancel(String namespace, String id, CancelSubscriptionRequest request) {
        return subscriptions
                .lock(namespace, id)
                .invoke(row -> cancel(row, request))
                .call(row -> outbox.append(
                        Topics.SUBSCRIPTION, namespace, id, row.sequence, new SubscriptionCanceled(row.toContract())))
                .invoke(this::report)
                .map(row -> SubscriptionView.of(row, row.updatedAt));
    }

    private void cancel(SubscriptionRow row, CancelSubscriptionRequest request) {
        Instant now = clock.instant();
        Term term = row.term();
        SubscriptionStatus status = term.statusAt(now);
        if (!status.allows(CANCEL)) {
            throw SubscriptionProblems.notAllowed(CANCEL, status);
        }
        try {
            row.end(term.cancel(request.when(), now), now);
        } catch (IllegalArgumentException | DateTimeException unusable) {
            throw Problems.invalid(InvalidParameter.body("timing", "invalid", unusable.getMessage()));
        }
    }

    private void report(SubscriptionRow row) {
        Log.infof("subscription canceled namespace=%s subscription=%s end=%s", row.namespace, row.id, row.activeTo);
        canceled.increment();
    }
}
