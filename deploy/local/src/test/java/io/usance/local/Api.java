package io.usance.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A caller of a stack.
 *
 * @param address of the door, without a path
 * @param authorization value of the header, empty to send none
 * @param witness is shown every exchange
 */
record Api(URI address, String authorization, Consumer<Exchange> witness) {
    static final String JSON = "application/json";

    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Api of(URI address, String token) {
        return new Api(address, "Bearer " + token, exchange -> {});
    }

    Api with(String authorization) {
        return new Api(address, authorization, witness);
    }

    Api watchedBy(Consumer<Exchange> witness) {
        return new Api(address, authorization, witness);
    }

    Exchange get(String path) {
        return send("GET", path, "", "");
    }

    Exchange post(String path) {
        return send("POST", path, "", "");
    }

    Exchange post(String path, String json) {
        return send("POST", path, JSON, json);
    }

    Exchange put(String path, String json) {
        return send("PUT", path, JSON, json);
    }

    Exchange patch(String path, String json) {
        return send("PATCH", path, JSON, json);
    }

    Exchange delete(String path) {
        return send("DELETE", path, "", "");
    }

    /** @param headers names and values in turn */
    Exchange send(String method, String path, String type, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(ANSWER_MAX)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = answer(request.build());
        Exchange exchange = new Exchange(
                method,
                path,
                type,
                body,
                response.statusCode(),
                response.headers(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
        witness.accept(exchange);
        return exchange;
    }

    private static HttpResponse<String> answer(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException unanswered) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), unanswered);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
