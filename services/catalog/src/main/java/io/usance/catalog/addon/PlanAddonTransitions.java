package io.usance.catalog.addon;

import io.usance.catalog.Refusal;
import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.KnownPlan;
import io.usance.runtime.problem.ProblemException;

/** Refuses to change what is sold on top of a plan once the plan is published. */
final class PlanAddonTransitions {
    /** @throws ProblemException 400 unless {@code plan} is living and can be changed */
    static void requireOpen(KnownPlan plan) {
        if (!plan.canBeChanged()) {
            throw Refusal.of(new Violation(
                    "plan_addon_incompatible_status",
                    "%s is %s and its add-ons cannot be changed: create a new version of the plan"
                            .formatted(plan.title(), plan.state()),
                    "plan"));
        }
    }

    private PlanAddonTransitions() {}
}
