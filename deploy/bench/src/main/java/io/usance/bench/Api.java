package io.usance.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The public API, for one thread: what is not right is an exception with all that the gateway said. */
final class Api implements AutoCloseable {
    static final String BASE = "/v3/openmeter";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpConnection connection;

    Api(Stack stack) {
        this.connection = new HttpConnection(stack.gatewayPort(), stack.token());
    }

    /** The answer to a GET below {@link #BASE}. */
    JsonNode get(String path) {
        try {
            return answer(path, connection.get(BASE + path));
        } catch (IOException failure) {
            throw new UncheckedIOException(path, failure);
        }
    }

    /** The answer to a POST below {@link #BASE}; a missing node when there is none. */
    JsonNode post(String path, String json) {
        return post(path, json, "application/json");
    }

    /** Returns when the event is accepted. */
    void sendEvent(String json) {
        post("/events", json, "application/cloudevents+json");
    }

    private JsonNode post(String path, String json, String contentType) {
        try {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            byte[] head = connection.head("POST", BASE + path, contentType);
            return answer(path, connection.send(head, body, body.length));
        } catch (IOException failure) {
            throw new UncheckedIOException(path, failure);
        }
    }

    private JsonNode answer(String path, int status) throws JsonProcessingException {
        if (status < 200 || status > 299) {
            throw new IllegalStateException(path + " was answered with " + status + ": " + connection.body());
        }
        return JSON.readTree(connection.body());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
