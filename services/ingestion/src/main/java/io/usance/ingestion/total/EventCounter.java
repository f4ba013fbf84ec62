package io.usance.ingestion.total;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.ingestion.meter.MeterReader;
import io.usance.ingestion.meter.model.EventValue;
import io.usance.ingestion.total.model.Totals;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.meter.Reading;
import java.util.List;

/** Sums up events for one counting. */
final class EventCounter {
    private final Counting counting;
    private final MeterReader reader;
    private final List<String> dimensions;
    private final Totals totals;

    EventCounter(Counting counting) {
        this.counting = counting;
        this.reader = new MeterReader(counting.meter());
        this.dimensions = MeterReader.dimensions(counting.meter());
        this.totals = new Totals(counting.meter().aggregation());
    }

    Counting counting() {
        return counting;
    }

    Totals totals() {
        return totals;
    }

    /** How its totals are added to those that are kept. */
    Merge merge() {
        return Merge.of(counting.meter().aggregation());
    }

    /** Whether what events carry has to be read at all. */
    boolean needsData() {
        return counting.meter().aggregation() != MeterAggregation.COUNT || !dimensions.isEmpty();
    }

    /** @param data of the event; may be null unless it {@link #needsData} */
    void count(UsageEvent event, JsonNode data) {
        if (reader.value(data) instanceof EventValue.Usable value) {
            totals.add(
                    event.subject(),
                    dimensions.stream()
                            .map(name -> reader.dimension(name, data))
                            .toList(),
                    new Reading(value.number(), value.text(), event.occurredAt(), event.source(), event.id()));
        }
    }
}
