package io.usance.catalog.plan;

import io.usance.contracts.catalog.PlanPhase;
import io.usance.runtime.wire.WireSchema;
import java.util.List;
import java.util.Map;

/**
 * Replaces everything that can change; what is left out is removed.
 *
 * @param proRatingEnabled null for true
 */
@WireSchema("UpsertPlanRequest")
record UpdatePlanRequest(
        String name, String description, Map<String, String> labels, Boolean proRatingEnabled, List<PlanPhase> phases) {
    UpdatePlanRequest {
        proRatingEnabled = proRatingEnabled == null || proRatingEnabled;
    }
}
