package io.usance.catalog.feature;

import com.fasterxml.jackson.core.type.TypeReference;
import io.usance.contracts.catalog.DimensionFilterSpec;
import io.usance.runtime.database.JsonColumn;
import jakarta.persistence.Converter;
import java.util.Map;

/** Conditions on a meter's dimensions, as JSON. */
@Converter
class FiltersColumn extends JsonColumn<Map<String, DimensionFilterSpec>> {
    FiltersColumn() {
        super(new TypeReference<>() {});
    }
}
