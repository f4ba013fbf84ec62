package io.usance.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Far more at once than a small heap can hold, through the gateway, from producers that obey Retry-After. */
class OverloadIT {
    private static final int PRODUCERS = 64;
    private static final int EVENTS = 16;
    private static final int EVENT_BYTES = 240_000;
    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(1);
    private static final String METER = """
            {"name":"Flood","key":"flood","aggregation":"count","event_type":"flood"}""";

    private final Stack stack = Stack.shared();
    private final Tenant tenant = Tenant.fresh(stack);
    private final AtomicInteger shed = new AtomicInteger();

    @Test
    void a_flood_of_large_bodies_is_shed_and_nothing_of_it_is_lost() throws InterruptedException, ExecutionException {
        Api owner = tenant.api("admin");
        String meter = owner.post("/v3/openmeter/meters", METER).expect(201).text("/id");
        List<ProcessHandle> before = List.copyOf(stack.processes().values());
        String token = tenant.token(Duration.ofHours(1), "admin");

        try (var producers = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            List<Future<?>> work = new ArrayList<>();
            for (int producer = 0; producer < PRODUCERS; producer++) {
                String body = body(producer);
                work.add(producers.submit(() -> deliver(client, token, body)));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }

        assertThat(shed).as("requests that were shed").hasPositiveValue();
        Eventually.holds(
                DEADLINE,
                () -> assertThat(owner.post("/v3/openmeter/meters/" + meter + "/query", "{}")
                                .expect(200)
                                .text("/data/0/value"))
                        .isEqualTo(String.valueOf(PRODUCERS * EVENTS)));
        assertThat(before).allMatch(ProcessHandle::isAlive);
        assertThat(stack.log("ingestion") + stack.log("gateway")).doesNotContain("OutOfMemoryError");
    }

    /** Sends until it is taken, and waits as long as it is told in between. */
    private Void deliver(HttpClient client, String token, String body) throws IOException, InterruptedException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.baseUri() + "/v3/openmeter/events"))
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(BodyPublishers.ofString(body))
                .build();
        while (System.nanoTime() < end) {
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 202) {
                    return null;
                }
                assertThat(response.statusCode()).as(response.body()).isIn(429, 503, 504);
                shed.incrementAndGet();
                Thread.sleep(Duration.ofSeconds(
                        response.headers().firstValueAsLong("Retry-After").orElse(1)));
            } catch (IOException brokenOff) {
                // An answer came before the end of the body, and the client saw only that the connection was closed.
                Thread.sleep(Duration.ofSeconds(1));
            }
        }
        throw new AssertionError("not taken within " + DEADLINE);
    }

    private static String body(int producer) {
        return IntStream.range(0, EVENTS)
                .mapToObj(event -> """
                        {"specversion":"1.0","id":"%d-%d","source":"flood","type":"flood","subject":"acme","data":{"text":"%s"}}""".formatted(
                        producer, event, String.valueOf((char) ('a' + event)).repeat(EVENT_BYTES)))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
