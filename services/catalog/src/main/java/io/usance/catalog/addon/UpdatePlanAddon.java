package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.plan.KnownPlan;
import io.usance.catalog.plan.PlanLookup;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Replaces how an add-on can be bought with a plan that is not yet in force. The add-on stays. */
@ApplicationScoped
class UpdatePlanAddon {
    @Inject
    PlanLookup plans;

    @Inject
    AddonRepository addons;

    @Inject
    PlanAddonRepository planAddons;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<PlanAddonView> update(String namespace, String planId, String id, UpdatePlanAddonRequest request) {
        AttachAddon.refuseMalformed(request.labels());
        return plans.lock(namespace, planId)
                .chain(plan -> planAddons
                        .get(namespace, planId, id)
                        .invoke(row -> refuse(plan, row))
                        .call(row -> change(plan, row, request)))
                .call(planAddons::flush)
                .invoke(row ->
                        Log.infof("add-on of plan changed planAddon=%s plan=%s addon=%s", id, planId, row.addonId))
                .map(row -> PlanAddonView.of(row, List.of()));
    }

    private static void refuse(KnownPlan plan, PlanAddonRow row) {
        if (row.deletedAt != null) {
            throw Problems.notFound("add-on of this plan", row.id);
        }
        PlanAddonTransitions.requireOpen(plan);
    }

    private Uni<AddonRow> change(KnownPlan plan, PlanAddonRow row, UpdatePlanAddonRequest request) {
        row.name = request.name();
        row.description = request.description();
        row.labels = request.labels();
        row.fromPlanPhase = request.fromPlanPhase();
        row.maxQuantity = request.maxQuantity();
        row.updatedAt = clock.instant();
        return addons.holdByIds(row.namespace, List.of(row.addonId))
                .map(List::getFirst)
                .invoke(addon -> Refusal.unless(row.violations(plan, addon, clock)));
    }
}
