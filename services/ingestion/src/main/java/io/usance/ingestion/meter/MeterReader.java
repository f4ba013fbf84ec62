package io.usance.ingestion.meter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import io.usance.contracts.catalog.Meter;
import io.usance.ingestion.meter.model.EventValue;
import io.usance.ingestion.meter.model.Found;
import io.usance.runtime.wire.WireFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a meter's value and dimensions out of events. */
public final class MeterReader {
    private static final ObjectMapper JSON = exact();
    private static final Configuration PATHS = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(JSON))
            .options(Option.SUPPRESS_EXCEPTIONS)
            .build();

    private final Meter meter;
    private final Optional<JsonPath> value;
    private final Map<String, Optional<JsonPath>> dimensions = new HashMap<>();

    public MeterReader(Meter meter) {
        this.meter = meter;
        this.value = compile(meter.valueProperty());
        meter.dimensions().forEach((name, path) -> dimensions.put(name, compile(path)));
    }

    /** The names of the meter's dimensions, in the order in which totals keep their values. */
    public static List<String> dimensions(Meter meter) {
        return meter.dimensions().keySet().stream().sorted().toList();
    }

    /** Whether {@code path} can lead anywhere. */
    public static boolean isPath(String path) {
        return compile(path).isPresent();
    }

    /** The {@code data} of a CloudEvent; a missing node if it has none. Numbers keep every digit. */
    public static JsonNode data(String body) {
        try {
            return JSON.readTree(body).path("data");
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a stored event is not JSON", unreadable);
        }
    }

    /** What an event with {@code data} gives to the meter. */
    public EventValue value(JsonNode data) {
        return EventValue.of(meter.aggregation(), find(value, data));
    }

    /** The value of the meter's dimension {@code name} in an event with {@code data}; empty when it is not there. */
    public String dimension(String name, JsonNode data) {
        return find(dimensions.getOrDefault(name, Optional.empty()), data).asDimension();
    }

    private static Found find(Optional<JsonPath> path, JsonNode data) {
        if (path.isEmpty() || !data.isContainerNode()) {
            return Found.Other.MISSING;
        }
        Object found;
        try {
            found = path.get().read(data, PATHS);
        } catch (JsonPathException unfitting) {
            // A filter that does not fit this event's data.
            return Found.Other.MISSING;
        }
        // What a function in a path gives is no part of the event, and went through double.
        return found instanceof JsonNode node ? found(node) : Found.Other.MISSING;
    }

    private static Found found(JsonNode node) {
        return switch (node.getNodeType()) {
            case NUMBER -> new Found.Number(node.decimalValue());
            case STRING -> new Found.Text(node.textValue());
            case BOOLEAN -> new Found.Truth(node.booleanValue());
            case NULL -> Found.Other.NULL;
            case MISSING -> Found.Other.MISSING;
            case ARRAY, OBJECT, BINARY, POJO -> Found.Other.COMPOSITE;
        };
    }

    private static Optional<JsonPath> compile(String path) {
        try {
            return path == null ? Optional.empty() : Optional.of(JsonPath.compile(path));
        } catch (InvalidPathException malformed) {
            // Catalog checks paths; should one slip through, it leads nowhere.
            return Optional.empty();
        }
    }

    private static ObjectMapper exact() {
        ObjectMapper mapper = new ObjectMapper();
        new WireFormat().customize(mapper);
        return mapper;
    }
}
