package io.usance.catalog.addon;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.RateCard;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** @param validationErrors what stands in the way of publishing; null when nothing does */
record AddonView(
        String id,
        String key,
        int version,
        String name,
        String description,
        Map<String, String> labels,
        String instanceType,
        String currency,
        String status,
        Instant effectiveFrom,
        Instant effectiveTo,
        List<RateCard> rateCards,
        List<Violation> validationErrors,
        Instant createdAt,
        Instant updatedAt,
        Instant deletedAt) {

    static AddonView of(AddonRow row, List<Violation> violations, Instant now) {
        return new AddonView(
                row.id,
                row.key,
                row.version,
                row.name,
                row.description,
                row.labels,
                row.instanceType,
                row.currency,
                row.status(now).wireName(),
                row.effectiveFrom,
                row.effectiveTo,
                row.rateCards,
                violations.isEmpty() ? null : violations,
                row.createdAt,
                row.updatedAt,
                row.deletedAt);
    }
}
