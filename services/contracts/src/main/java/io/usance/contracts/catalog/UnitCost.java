package io.usance.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;

/** What a unit of a feature's usage costs whoever sells it, in USD. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UnitCost.Manual.class, name = "manual"),
    @JsonSubTypes.Type(value = UnitCost.Llm.class, name = "llm")
})
public sealed interface UnitCost {
    /** The same at all times. */
    record Manual(BigDecimal amount) implements UnitCost {}

    /**
     * What a language model's tokens cost. Each fact is given as a value or as the dimension that has it; the other one is
     * null.
     */
    record Llm(
            String provider,
            String providerProperty,
            String model,
            String modelProperty,
            String tokenType,
            String tokenTypeProperty)
            implements UnitCost {}
}
