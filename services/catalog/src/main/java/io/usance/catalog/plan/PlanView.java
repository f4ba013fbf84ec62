package io.usance.catalog.plan;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.PlanPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** @param validationErrors what stands in the way of publishing; null when nothing does */
record PlanView(
        String id,
        String key,
        int version,
        String name,
        String description,
        Map<String, String> labels,
        String currency,
        String billingCadence,
        boolean proRatingEnabled,
        String settlementMode,
        String status,
        Instant effectiveFrom,
        Instant effectiveTo,
        List<PlanPhase> phases,
        List<Violation> validationErrors,
        Instant createdAt,
        Instant updatedAt,
        Instant deletedAt) {

    static PlanView of(PlanRow row, List<Violation> violations, Instant now) {
        return new PlanView(
                row.id,
                row.key,
                row.version,
                row.name,
                row.description,
                row.labels,
                row.currency,
                row.billingCadence,
                row.proRatingEnabled,
                row.settlementMode,
                row.status(now).wireName(),
                row.effectiveFrom,
                row.effectiveTo,
                row.phases,
                violations.isEmpty() ? null : violations,
                row.createdAt,
                row.updatedAt,
                row.deletedAt);
    }
}
