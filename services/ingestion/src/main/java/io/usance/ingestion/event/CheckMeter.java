package io.usance.ingestion.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.usance.ingestion.event.MeterCheckResult.Fault;
import io.usance.ingestion.event.MeterCheckResult.Tried;
import io.usance.ingestion.meter.MeterReader;
import io.usance.ingestion.meter.model.EventValue;
import io.usance.kernel.meter.MeterAggregation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tries a meter on events, by the rules that count them, and stores nothing. */
@ApplicationScoped
class CheckMeter {
    static final int EVENTS_DEFAULT = 5;

    @Inject
    EventRepository events;

    Uni<MeterCheckResult> check(String namespace, MeterCheckRequest request) {
        Meter meter = request.meter().toMeter();
        List<Fault> faults = faults(meter);
        MeterReader reader = new MeterReader(meter);
        if (request.data() != null) {
            return Uni.createFrom()
                    .item(new MeterCheckResult(List.of(tried(meter, reader, null, request.data())), faults));
        }
        int limit = request.eventsMax() == null ? EVENTS_DEFAULT : request.eventsMax();
        return events.latestOfType(namespace, meter.eventType(), limit)
                .map(rows -> rows.stream()
                        .map(row -> row.event().body())
                        .map(body -> tried(meter, reader, body, MeterReader.data(body)))
                        .toList())
                .map(tried -> new MeterCheckResult(tried, faults));
    }

    private static List<Fault> faults(Meter meter) {
        List<Fault> faults = new ArrayList<>();
        if (meter.aggregation() != MeterAggregation.COUNT) {
            if (meter.valueProperty() == null) {
                faults.add(new Fault("value_property", "is needed for every aggregation but count"));
            } else if (!MeterReader.isPath(meter.valueProperty())) {
                faults.add(new Fault("value_property", "is not a JSONPath; one looks like $.tokens"));
            }
        }
        new TreeMap<>(meter.dimensions()).forEach((name, path) -> {
            if (!MeterReader.isPath(path)) {
                faults.add(new Fault("dimensions." + name, "is not a JSONPath; one looks like $.model"));
            }
        });
        return faults;
    }

    private static Tried tried(Meter meter, MeterReader reader, String body, JsonNode data) {
        Map<String, String> dimensions = new TreeMap<>();
        MeterReader.dimensions(meter).forEach(name -> {
            String value = reader.dimension(name, data);
            if (!value.isEmpty()) {
                dimensions.put(name, value);
            }
        });
        return switch (reader.value(data)) {
            case EventValue.Usable usable -> new Tried(body, true, text(usable), dimensions, null, null);
            case EventValue.Refused refused ->
                new Tried(
                        body,
                        false,
                        null,
                        dimensions,
                        refused.code(),
                        "%s %s".formatted(meter.valueProperty(), refused.clause()));
        };
    }

    /** Where the events themselves are counted each adds one. */
    private static String text(EventValue.Usable usable) {
        if (usable.number() != null) {
            return usable.number().toPlainString();
        }
        return usable.text() == null ? "1" : usable.text();
    }
}
