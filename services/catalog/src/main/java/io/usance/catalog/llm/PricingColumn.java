package io.usance.catalog.llm;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.contracts.catalog.LlmPricing;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;

/** Prices of tokens, as JSON. */
@Converter
class PricingColumn extends JsonColumn<LlmPricing> {
    PricingColumn() {
        super(new TypeReference<>() {});
    }
}
