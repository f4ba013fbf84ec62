package io.usance.catalog.plan;

import io.usance.catalog.plan.model.PlanStatus;
import io.usance.contracts.catalog.PlanPhase;
import java.util.List;

/**
 * One version of a plan as those see it who refer to it.
 *
 * @param title for a person, e.g. {@code plan premium version 2}
 * @param status when it was looked at
 */
public record KnownPlan(
        String id,
        String title,
        PlanStatus status,
        boolean isDeleted,
        String currency,
        String billingCadence,
        List<PlanPhase> phases) {

    /** Whether what belongs to the version can still be changed. */
    public boolean canBeChanged() {
        return !isDeleted && status.canBeChanged();
    }

    /** The status on the wire, or {@code deleted}. */
    public String state() {
        return isDeleted ? "deleted" : status.wireName();
    }
}
