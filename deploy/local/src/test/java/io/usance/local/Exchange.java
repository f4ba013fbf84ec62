package io.usance.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpHeaders;

/**
 * One request and what came back.
 *
 * @param path with the query
 * @param sentType its Content-Type, empty for none
 * @param sent its body, empty for none
 * @param type the answer's Content-Type, empty for none
 * @param body the answer's body, empty for none
 */
record Exchange(
        String method,
        String path,
        String sentType,
        String sent,
        int status,
        HttpHeaders headers,
        String type,
        String body) {
    static final String PROBLEM = "application/problem+json";

    private static final int SHOWN_MAX = 2_000;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** {@code text} as JSON, with numbers exact. */
    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError("not JSON: " + text, malformed);
        }
    }

    String pathWithoutQuery() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    JsonNode json() {
        return parse(body);
    }

    /** The text at a JSON pointer into the answer, which must be there. */
    String text(String pointer) {
        JsonNode node = json().at(pointer);
        if (!node.isValueNode()) {
            throw new AssertionError("no " + pointer + " in " + this);
        }
        return node.asText();
    }

    Exchange expect(int expected) {
        if (status != expected) {
            throw new AssertionError("expected " + expected + " of " + this);
        }
        return this;
    }

    /** Expects a problem document with that status. */
    Exchange expectProblem(int expected) {
        expect(expected);
        if (!type.equals(PROBLEM) || json().path("status").asInt() != expected) {
            throw new AssertionError("expected a problem of " + this);
        }
        return this;
    }

    /** For messages, without headers: they hold tokens. */
    @Override
    public String toString() {
        return "%s %s %s%n  -> %d %s %s".formatted(method, path, shortened(sent), status, type, shortened(body));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
