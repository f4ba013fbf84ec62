package io.usance.catalog.llm;

import io.usance.contracts.catalog.LlmPricing;
import io.usance.runtime.wire.WireSchema;
import java.time.Instant;

/**
 * @param modelName null for the price book's, or the id
 * @param effectiveTo null for no end
 */
@WireSchema("LLMCostOverrideCreate")
record CreateLlmOverrideRequest(
        String provider,
        String modelId,
        String modelName,
        LlmPricing pricing,
        String currency,
        Instant effectiveFrom,
        Instant effectiveTo) {}
