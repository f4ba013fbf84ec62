package io.usance.contracts.catalog;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.usance.kernel.meter.MeterAggregation;
import java.time.Instant;
import java.util.Map;

/**
 * How events of one type become a number.
 *
 * @param id ULID
 * @param key unique per namespace among the living, immutable
 * @param aggregation in lower case on the wire, e.g. {@code unique_count}
 * @param eventsFrom events before it are not counted; null counts all history
 * @param valueProperty JSONPath into an event's {@code data}; null for COUNT only
 * @param dimensions dimension name to JSONPath into {@code data}, never null
 */
public record Meter(
        String id,
        String key,
        String name,

        @JsonSerialize(using = AggregationJson.Writer.class) @JsonDeserialize(using = AggregationJson.Reader.class)
        MeterAggregation aggregation,

        String eventType,
        Instant eventsFrom,
        String valueProperty,
        Map<String, String> dimensions) {
    public Meter {
        dimensions = dimensions == null ? Map.of() : Map.copyOf(dimensions);
    }
}
