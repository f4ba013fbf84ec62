package io.usance.subscription.customer;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.Topics;
import io.usance.contracts.subscription.CustomerDeleted;
import io.usance.runtime.outbox.Outbox;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.problem.ValidationError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Deletes a customer without a trace in lists; its key and subjects can be taken by another. */
@ApplicationScoped
class DeleteCustomer {
    @Inject
    CustomerRepository customers;

    @Inject
    SubjectRepository subjects;

    @Inject
    SubscriptionsOfCustomer subscriptions;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    /** Does nothing to a customer that is deleted already; fails with 412 while a subscription of it is not over. */
    @WithTransaction
    Uni<Void> delete(String namespace, String id) {
        return customers
                .lock(namespace, id)
                .chain(row -> row.isDeleted() ? Uni.createFrom().voidItem() : delete(row));
    }

    private Uni<Void> delete(CustomerRow row) {
        return subscriptions
                .liveIds(row.namespace, row.id)
                .invoke(DeleteCustomer::refuseWhileSubscribed)
                .chain(() -> subjects.giveBackAll(row))
                .invoke(() -> row.delete(clock.instant()))
                .chain(() -> outbox.append(
                        Topics.SUBSCRIPTION,
                        row.namespace,
                        row.id,
                        row.sequence,
                        new CustomerDeleted(row.id, row.deletedAt)))
                .invoke(() -> Log.infof("customer deleted namespace=%s customer=%s", row.namespace, row.id));
    }

    private static void refuseWhileSubscribed(List<String> live) {
        if (!live.isEmpty()) {
            throw Problems.refused(
                    ProblemType.PRECONDITION_FAILED,
                    new ValidationError(
                            "deleting_customer_with_active_subscriptions",
                            "the customer has subscriptions that are not over; cancel them first: " + live,
                            null,
                            Map.of("subscription_ids", live)));
        }
    }
}
