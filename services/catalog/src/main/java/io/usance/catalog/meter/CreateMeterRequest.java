package io.usance.catalog.meter;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.usance.contracts.catalog.AggregationJson;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.runtime.wire.WireSchema;
import java.time.Instant;
import java.util.Map;

@WireSchema(value = "CreateMeterRequest", shorthand = AggregationShorthand.class)
record CreateMeterRequest(
        String key,
        String name,
        String description,
        Map<String, String> labels,

        @JsonDeserialize(using = AggregationJson.Reader.class)
        MeterAggregation aggregation,

        String eventType,
        Instant eventsFrom,
        String valueProperty,
        Map<String, String> dimensions) {}
