package io.usance.catalog.plan;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.plan.model.PlanStatus;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Replaces what a version that is not yet in force says. Key, currency and billing cadence stay. */
@ApplicationScoped
class UpdatePlan {
    @Inject
    PlanRepository plans;

    @Inject
    PhaseIntake phases;

    @Inject
    PlanViews views;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<PlanView> update(String namespace, String id, UpdatePlanRequest request) {
        PhaseIntake.refuseMalformed(request.labels(), request.phases());
        return plans.lock(namespace, id)
                .invoke(row -> refuse(row, row.now(clock)))
                .call(row -> phases.resolve(namespace, request.phases())
                        .invoke(resolved -> change(row, request, resolved, row.now(clock))))
                .call(plans::flush)
                .invoke(row -> Log.infof("plan changed plan=%s key=%s version=%d", row.id, row.key, row.version))
                .chain(views::of);
    }

    private static void refuse(PlanRow row, Instant now) {
        if (row.deletedAt != null) {
            throw Problems.gone("plan", row.id);
        }
        PlanTransitions.require(row, now, PlanStatus::canBeChanged, "changed: create a new version");
    }

    private static void change(PlanRow row, UpdatePlanRequest request, List<PlanPhase> resolved, Instant now) {
        row.name = request.name();
        row.description = request.description();
        row.labels = request.labels();
        row.proRatingEnabled = request.proRatingEnabled();
        row.phases = resolved;
        row.updatedAt = now;
    }
}
