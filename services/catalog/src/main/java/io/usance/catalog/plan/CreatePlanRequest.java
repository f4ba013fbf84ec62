package io.usance.catalog.plan;

import io.usance.contracts.catalog.PlanPhase;
import io.usance.runtime.wire.WireSchema;
import java.util.List;
import java.util.Map;

/** @param proRatingEnabled null for true */
@WireSchema("CreatePlanRequest")
record CreatePlanRequest(
        String key,
        String name,
        String description,
        Map<String, String> labels,
        String currency,
        String billingCadence,
        Boolean proRatingEnabled,
        List<PlanPhase> phases) {
    CreatePlanRequest {
        proRatingEnabled = proRatingEnabled == null || proRatingEnabled;
    }
}
