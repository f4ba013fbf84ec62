package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.runtime.wire.WireSchema;

/**
 * @param unitCost the JSON null clears the unit cost; Java's null, for a property that is left out, leaves it as it is
 */
@WireSchema("UpdateFeatureRequest")
record UpdateFeatureRequest(JsonNode unitCost) {}
