package io.usance.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.local.chaos.Door.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A meter of the run.
 *
 * @param eventsFrom null if it counts all
 */
record Meter(String id, Aggregation aggregation, String type, List<String> dimensions, Instant eventsFrom) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ATTEMPTS_MAX = 100;
    private static final int PAUSE_MILLIS = 500;

    enum Aggregation {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        UNIQUE_COUNT,
        LATEST
    }

    /** Makes it over the API, again and again if parts of the cluster are away. */
    static Meter create(
            Door door, String key, Aggregation aggregation, String type, List<String> dimensions, Instant eventsFrom)
            throws InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("name", key);
        body.put("aggregation", aggregation.name().toLowerCase(Locale.ROOT));
        body.put("event_type", type);
        switch (aggregation) {
            case COUNT -> {}
            case UNIQUE_COUNT -> body.put("value_property", "$.user");
            case SUM, AVG, MIN, MAX, LATEST -> body.put("value_property", "$.amount");
        }
        if (eventsFrom != null) {
            body.put("events_from", eventsFrom.toString());
        }
        ObjectNode paths = body.putObject("dimensions");
        dimensions.forEach(name -> paths.put(name, name.equals("region") ? "$.where.region" : "$." + name));
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            // A key of its own: whether the attempt before has made its meter may not be known.
            body.put("key", key + "_" + attempt);
            Answer answer = door.post(attempt % 2, "meters", Door.JSON, body.toString(), PATIENCE);
            if (answer.status() == 201) {
                String id = json(answer.body()).path("id").textValue();
                return new Meter(id, aggregation, type, dimensions, eventsFrom);
            }
            if (!answer.isPassing()) {
                throw new AssertionError("no meter: " + answer + " to " + body);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new AssertionError("no meter after " + ATTEMPTS_MAX + " attempts");
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
