package io.usance.catalog.meter;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.usance.contracts.catalog.AggregationJson;
import io.usance.kernel.meter.MeterAggregation;
import java.time.Instant;
import java.util.Map;

record MeterView(
        String id,
        String key,
        String name,
        String description,
        Map<String, String> labels,

        @JsonSerialize(using = AggregationJson.Writer.class) MeterAggregation aggregation,

        String eventType,
        Instant eventsFrom,
        String valueProperty,
        Map<String, String> dimensions,
        Instant createdAt,
        Instant updatedAt) {

    static MeterView of(MeterRow row) {
        return new MeterView(
                row.id,
                row.key,
                row.name,
                row.description,
                row.labels,
                row.aggregation,
                row.eventType,
                row.eventsFrom,
                row.valueProperty,
                row.dimensions,
                row.createdAt,
                row.updatedAt);
    }
}
