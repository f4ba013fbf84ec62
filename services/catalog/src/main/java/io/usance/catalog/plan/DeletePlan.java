package io.usance.catalog.plan;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.plan.model.PlanStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/** Takes a version that is not in force out of the lists. Doing it again changes nothing. */
@ApplicationScoped
class DeletePlan {
    @Inject
    PlanRepository plans;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<Void> delete(String namespace, String id) {
        return plans.lock(namespace, id)
                .invoke(row -> {
                    if (row.deletedAt == null) {
                        Instant now = row.now(clock);
                        PlanTransitions.require(row, now, PlanStatus::canBeDeleted, "deleted: archive it first");
                        row.deletedAt = now;
                        row.updatedAt = now;
                        Log.infof("plan deleted plan=%s key=%s version=%d", row.id, row.key, row.version);
                    }
                })
                .replaceWithVoid();
    }
}
