package io.usance.subscription.subscription;

import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.Labels;
import io.usance.runtime.wire.WireSchema;
import io.usance.subscription.plan.PlanReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * @param settlementMode null for the plan's
 * @param billingAnchor null for the start
 * @param costBasisMode null for {@value #COST_BASIS_DYNAMIC}
 */
@WireSchema("BillingSubscriptionCreate")
record CreateSubscriptionRequest(
        Map<String, String> labels,
        String settlementMode,
        CustomerReference customer,
        PlanReference plan,
        Instant billingAnchor,
        String costBasisMode) {
    static final String COST_BASIS_DYNAMIC = "dynamic";

    /** How far the anchor may be from now, so that counting periods from it cannot overflow: a century. */
    static final Duration BILLING_ANCHOR_DISTANCE_MAX = Duration.ofDays(36_525);

    CreateSubscriptionRequest {
        costBasisMode = costBasisMode == null ? COST_BASIS_DYNAMIC : costBasisMode;
    }

    /** Refuses with every fault that the schema cannot express. */
    void requireValid(Instant now) {
        List<InvalidParameter> faults = new ArrayList<>(Labels.faults("labels", labels));
        if ((customer.id() == null) == (customer.key() == null)) {
            faults.add(together("customer", "must have exactly one of id and key", "id", "key"));
        }
        if ((plan.id() == null) == (plan.key() == null)) {
            faults.add(together("plan", "must have exactly one of id and key", "id", "key"));
        }
        if (plan.version() != null && plan.key() == null) {
            faults.add(together("plan.version", "goes with key: an id names a version already", "key"));
        }
        if (plan.version() != null && plan.version() < 1) {
            faults.add(InvalidParameter.body("plan.version", "min", "must be at least 1")
                    .withMinimum(1));
        }
        if (billingAnchor != null
                && Duration.between(now, billingAnchor).abs().compareTo(BILLING_ANCHOR_DISTANCE_MAX) > 0) {
            faults.add(InvalidParameter.body("billing_anchor", "invalid", "must be within a century from now"));
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    private static InvalidParameter together(String field, String reason, String... fields) {
        return InvalidParameter.body(field, "dependent_fields", reason).withDependents(List.of(fields));
    }
}
