package io.usance.catalog.meter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.runtime.wire.WireShorthand;
import java.util.Locale;

/** Takes aggregations in any case, as the guides of the hosted product write them: {@code COUNT}. */
public final class AggregationShorthand implements WireShorthand {
    private static final String FIELD = "aggregation";

    @Override
    public JsonNode expand(JsonNode body) {
        if (body instanceof ObjectNode meter && meter.path(FIELD).isTextual()) {
            meter.put(FIELD, meter.get(FIELD).textValue().toLowerCase(Locale.ROOT));
        }
        return body;
    }
}
