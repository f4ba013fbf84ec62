package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.plan.KnownPlan;
import io.usance.catalog.plan.PlanLookup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Ends that an add-on can be bought with a plan that is not yet in force. Doing it again changes nothing. */
@ApplicationScoped
class DetachAddon {
    @Inject
    PlanLookup plans;

    @Inject
    PlanAddonRepository planAddons;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<Void> detach(String namespace, String planId, String id) {
        return plans.lock(namespace, planId)
                .chain(plan -> planAddons.get(namespace, planId, id).invoke(row -> detach(plan, row)))
                .replaceWithVoid();
    }

    private void detach(KnownPlan plan, PlanAddonRow row) {
        if (row.deletedAt == null) {
            PlanAddonTransitions.requireOpen(plan);
            row.deletedAt = clock.instant();
            row.updatedAt = row.deletedAt;
            Log.infof("add-on detached planAddon=%s plan=%s addon=%s", row.id, row.planId, row.addonId);
        }
    }
}
