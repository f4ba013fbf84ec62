package io.usance.gateway.forward;

import static io.usance.gateway.ForeignServices.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.usance.gateway.ForeignServices;
import io.usance.gateway.GatewayTest;
import io.usance.gateway.RawHttp;
import io.usance.gateway.route.Upstream;
import io.usance.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that go on for as long as both sides like. */
@QuarkusTest
@QuarkusTestResource(ForeignServices.class)
@TestProfile(StreamTest.Narrow.class)
class StreamTest extends GatewayTest {
    private static final String STREAM = "/v3/openmeter/events/stream?do=tail";
    private static final Duration SOON = Duration.ofSeconds(10);

    public static class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.limits.streams-max", "2", "gateway.upstream.answer-deadline", "1s");
        }
    }

    @Test
    void each_piece_is_passed_on_when_it_comes_also_after_the_deadline_of_an_answer() throws Exception {
        try (RawHttp http = open("pieces")) {
            assertThat(http.readUntil("piece 1\n")).startsWith("HTTP/1.1 200").doesNotContain("Content-Length");
            assertThat(http.readUntil("piece 4\n")).contains("piece 4");
        }
    }

    @Test
    void a_caller_who_goes_away_takes_the_stream_along() throws Exception {
        try (RawHttp http = open("gone-from-stream")) {
            http.readUntil("piece 1\n");
        }
        Eventually.holds(
                SOON, () -> assertThat(service(Upstream.INGESTION).broken()).contains("gone-from-stream"));
    }

    @Test
    void there_are_so_many_streams_and_no_more_and_other_requests_go_by() throws Exception {
        try (RawHttp one = open("one");
                RawHttp two = open("two")) {
            one.readUntil("piece 1\n");
            two.readUntil("piece 1\n");

            isProblem(asAdmin().get(STREAM), 503, "unavailable", "Service Unavailable");
            assertThat(asAdmin().get("/v3/openmeter/events").statusCode()).isEqualTo(200);
        }
        Eventually.holds(SOON, () -> {
            try (RawHttp again = open("again")) {
                assertThat(again.readUntil("piece 1\n")).startsWith("HTTP/1.1 200");
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        });
    }

    private RawHttp open(String requestId) throws IOException {
        RawHttp http = new RawHttp(gateway);
        http.send("GET " + STREAM + " HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + requestId + "\r\nAuthorization: Bearer "
                + ForeignServices.catalog().issue("acme", "admin") + "\r\n\r\n");
        return http;
    }
}
