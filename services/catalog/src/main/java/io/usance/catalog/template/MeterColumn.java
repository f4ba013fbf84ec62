package io.usance.catalog.template;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;

/** A body that creates a meter, as JSON. */
@Converter
class MeterColumn extends JsonColumn<JsonNode> {
    MeterColumn() {
        super(new TypeReference<>() {});
    }
}
