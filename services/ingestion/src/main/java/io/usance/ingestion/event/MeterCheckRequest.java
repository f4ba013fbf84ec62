package io.usance.ingestion.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.usance.contracts.catalog.AggregationJson;
import io.usance.contracts.catalog.Meter;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.runtime.wire.WireSchema;
import java.util.Map;

/**
 * A meter to try before it is saved.
 *
 * @param data of an event to try it on; null: the latest events of the meter's type
 * @param eventsMax how many of those, null for {@link CheckMeter#EVENTS_DEFAULT}
 */
@WireSchema("MeterCheckRequest")
record MeterCheckRequest(Definition meter, JsonNode data, Integer eventsMax) {

    record Definition(
            String eventType,

            @JsonDeserialize(using = AggregationJson.Reader.class)
            MeterAggregation aggregation,

            String valueProperty,
            Map<String, String> dimensions) {

        Meter toMeter() {
            return new Meter(null, null, null, aggregation, eventType, null, valueProperty, dimensions);
        }
    }
}
