package io.usance.local.chaos;

import io.usance.local.Cluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The public API of a cluster, as somebody reaches it who knows all its gateways. */
final class Door implements AutoCloseable {
    static final String JSON = "application/json";
    static final String ONE = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";

    private static final String BASE = "/v3/openmeter/";

    private final Cluster cluster;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    Door(Cluster cluster) {
        this.cluster = cluster;
    }

    /** @param status 0 when there was none: the gateway was not there, or died, or took too long */
    record Answer(int status, String body) {
        private static final Answer NONE = new Answer(0, "");

        /** Whether the same request, sent again, may be answered otherwise. */
        boolean isPassing() {
            return status == 0 || status == 429 || status >= 500;
        }
    }

    Answer post(int gateway, String path, String type, String body, Duration patience) {
        URI address = URI.create(cluster.gateway(gateway) + BASE + path);
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Authorization", "Bearer " + cluster.token())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException none) {
            return Answer.NONE;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
