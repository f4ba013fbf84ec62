package io.usance.catalog.plan;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.plan.model.PlanStatus;
import io.usance.contracts.Topics;
import io.usance.contracts.catalog.PlanArchived;
import io.usance.runtime.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/** Ends that a version can be subscribed to; its subscriptions go on. */
@ApplicationScoped
class ArchivePlan {
    @Inject
    PlanRepository plans;

    @Inject
    PlanViews views;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<PlanView> archive(String namespace, String id) {
        return plans.lock(namespace, id)
                .call(row -> {
                    Instant now = row.now(clock);
                    PlanTransitions.require(row, now, PlanStatus::canBeArchived, "archived");
                    return end(row, now);
                })
                .chain(views::of);
    }

    /** Ends {@code row}, which is locked and in force, in the caller's transaction. */
    Uni<Void> end(PlanRow row, Instant now) {
        row.effectiveTo = now;
        row.updatedAt = now;
        return plans.flush()
                .chain(() -> outbox.append(
                        Topics.CATALOG, row.namespace, row.id, row.revision, new PlanArchived(row.id, now)))
                .invoke(() -> Log.infof("plan archived plan=%s key=%s version=%d", row.id, row.key, row.version));
    }
}
