package io.usance.ingestion.usage;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.contracts.catalog.DimensionFilterSpec;
import io.usance.runtime.wire.WireSchema;
import io.usance.runtime.wire.WireShorthand;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Which usage of a meter is asked for, and how it is to be split. Everything may be null. */
@WireSchema(value = "MeterQueryRequest", shorthand = MeterQueryRequest.Shorthand.class)
record MeterQueryRequest(
        Instant from,
        Instant to,
        String granularity,
        String timeZone,
        List<String> groupByDimensions,
        Filters filters) {

    static final MeterQueryRequest EVERYTHING = new MeterQueryRequest(null, null, null, null, null, null);

    MeterQueryRequest groupedBy(List<String> dimensions) {
        return new MeterQueryRequest(from, to, granularity, timeZone, dimensions, filters);
    }

    MeterQueryRequest within(Instant start, Instant end) {
        return new MeterQueryRequest(start, end, granularity, timeZone, groupByDimensions, filters);
    }

    record Filters(Map<String, DimensionFilterSpec> dimensions) {}

    /** {@code "model": "gpt-4o"} for {@code "model": {"eq": "gpt-4o"}}. */
    public static final class Shorthand implements WireShorthand {
        @Override
        public JsonNode expand(JsonNode body) {
            DimensionFilterSpec.expandShorthand(body.path("filters").path("dimensions"));
            return body;
        }
    }
}
