package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.contracts.catalog.DimensionFilterSpec;
import io.usance.runtime.wire.WireSchema;
import java.util.Map;

/**
 * @param meter null for a feature without usage
 * @param unitCost null for none
 */
@WireSchema(value = "CreateFeatureRequest", shorthand = FeatureShorthand.class)
record CreateFeatureRequest(
        String key, String name, String description, Map<String, String> labels, MeterChoice meter, JsonNode unitCost) {

    /** A meter by id or by key. */
    record MeterChoice(String id, String key, Map<String, DimensionFilterSpec> filters) {}
}
