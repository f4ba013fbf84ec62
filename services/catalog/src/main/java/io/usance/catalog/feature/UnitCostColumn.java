package io.usance.catalog.feature;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;

/** A unit cost in the wire's form, as JSON. */
@Converter
class UnitCostColumn extends JsonColumn<JsonNode> {
    UnitCostColumn() {
        super(new TypeReference<>() {});
    }
}
