package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.plan.KnownPlan;
import io.usance.catalog.plan.PlanLookup;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

@ApplicationScoped
class PlanAddonQueries {
    @Inject
    PlanLookup plans;

    @Inject
    PlanAddonRepository planAddons;

    @Inject
    PlanAddonViews views;

    @WithSession
    Uni<Page<PlanAddonView>> list(String namespace, String planId, ListRequest request) {
        return plans.get(namespace, planId).chain(plan -> list(namespace, plan, request));
    }

    /** Detached ones too, with the time at which they were. */
    @WithSession
    Uni<PlanAddonView> get(String namespace, String planId, String id) {
        return plans.get(namespace, planId)
                .chain(plan -> planAddons
                        .get(namespace, planId, id)
                        .chain(row -> views.of(plan, namespace, List.of(row)))
                        .map(List::getFirst));
    }

    private Uni<Page<PlanAddonView>> list(String namespace, KnownPlan plan, ListRequest request) {
        return planAddons
                .list(namespace, plan.id(), request)
                .chain(page -> views.of(plan, namespace, page.data()).map(data -> new Page<>(data, page.meta())));
    }
}
