package io.usance.catalog.plan;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Plans for whoever refers to them, in the caller's session. */
@ApplicationScoped
public class PlanLookup {
    @Inject
    PlanRepository plans;

    @Inject
    Clock clock;

    /** The version with that id, a deleted one too; fails with 404 when there is none. */
    public Uni<KnownPlan> get(String namespace, String id) {
        return plans.get(namespace, id).map(this::known);
    }

    /** As {@link #get}, and nobody else changes or publishes it before the caller's transaction ends. */
    public Uni<KnownPlan> lock(String namespace, String id) {
        return plans.lock(namespace, id).map(this::known);
    }

    private KnownPlan known(PlanRow row) {
        return row.toKnown(row.now(clock));
    }
}
