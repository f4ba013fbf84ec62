package io.usance.contracts.catalog;

import java.time.Instant;
import java.util.List;

/**
 * One published version of a plan; it never changes but for its end.
 *
 * @param id ULID of this version
 * @param key the same for all versions
 * @param version from 1
 * @param currency ISO 4217
 * @param billingCadence ISO-8601 duration
 * @param settlementMode {@code credit_then_invoice} or {@code credit_only}
 * @param effectiveFrom from when on it can be subscribed to
 * @param effectiveTo from when on it cannot be subscribed to any more; null while open
 * @param features every feature that a rate card of this version names, as it was at publication
 */
public record Plan(
        String id,
        String key,
        int version,
        String name,
        String description,
        String currency,
        String billingCadence,
        boolean proRatingEnabled,
        String settlementMode,
        Instant effectiveFrom,
        Instant effectiveTo,
        List<PlanPhase> phases,
        List<Feature> features) {
    /** Most lines that a phase may put on the invoice of one billing period. */
    public static final int LINES_MAX = 5_000;
}
