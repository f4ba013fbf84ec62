package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.contracts.catalog.DimensionFilterSpec;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.wire.WireShorthand;

/**
 * Accepts the meter as its bare id or key, {@code "meter": "agent_runs_total"}, a key where the id belongs, and conditions
 * as bare values.
 */
public final class FeatureShorthand implements WireShorthand {
    @Override
    public JsonNode expand(JsonNode body) {
        if (!(body instanceof ObjectNode feature)) {
            return body;
        }
        if (feature.path("meter").isTextual()) {
            feature.set("meter", JsonNodeFactory.instance.objectNode().set("id", feature.get("meter")));
        }
        if (feature.get("meter") instanceof ObjectNode meter) {
            JsonNode id = meter.path("id");
            if (id.isTextual() && !Ids.isUlid(id.textValue()) && !meter.has("key")) {
                meter.set("key", meter.remove("id"));
            }
            DimensionFilterSpec.expandShorthand(meter.path("filters"));
        }
        return feature;
    }
}
