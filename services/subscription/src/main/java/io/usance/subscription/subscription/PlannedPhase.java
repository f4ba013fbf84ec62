package io.usance.subscription.subscription;

import io.usance.contracts.catalog.RateCard;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A phase as the plan has it, kept whole also when the subscription ends before or within it. */
record PlannedPhase(
        String id,
        String key,
        String name,
        String description,
        Map<String, String> labels,
        Instant activeFrom,
        List<PlannedItem> items) {

    /** A rate card of the phase; it applies as long as the phase does. */
    record PlannedItem(String id, RateCard rateCard) {}
}
