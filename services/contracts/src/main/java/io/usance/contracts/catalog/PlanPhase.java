package io.usance.contracts.catalog;

import java.util.List;
import java.util.Map;

/**
 * A stretch of a plan with its own rate cards.
 *
 * @param duration ISO-8601 duration; null for the last phase, which does not end
 */
public record PlanPhase(
        String key,
        String name,
        String description,
        Map<String, String> labels,
        String duration,
        List<RateCard> rateCards) {}
