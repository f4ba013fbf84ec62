package io.usance.catalog.addon;

import io.usance.catalog.model.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** @param validationErrors why the plan cannot be published with it; null when it can or was */
record PlanAddonView(
        String id,
        String name,
        String description,
        Map<String, String> labels,
        AddonReference addon,
        String fromPlanPhase,
        Integer maxQuantity,
        List<Violation> validationErrors,
        Instant createdAt,
        Instant updatedAt,
        Instant deletedAt) {

    static PlanAddonView of(PlanAddonRow row, List<Violation> violations) {
        return new PlanAddonView(
                row.id,
                row.name,
                row.description,
                row.labels,
                new AddonReference(row.addonId),
                row.fromPlanPhase,
                row.maxQuantity,
                violations.isEmpty() ? null : violations,
                row.createdAt,
                row.updatedAt,
                row.deletedAt);
    }
}
