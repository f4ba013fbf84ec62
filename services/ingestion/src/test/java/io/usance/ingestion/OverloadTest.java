package io.usance.ingestion;

import static io.usance.ingestion.Tenant.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.PlatformResource;
import io.usance.testkit.Tokens;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OverloadTest.Narrow.class)
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class OverloadTest {
    private static final int IN_FLIGHT_BYTES_MAX = 100_000;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Limits that a test can reach. */
    public static class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ingestion.event.in-flight-bytes-max",
                    String.valueOf(IN_FLIGHT_BYTES_MAX),
                    "ingestion.event.lag-max",
                    "2s");
        }
    }

    @TestHTTPResource
    URI service;

    private final Tenant tenant = new Tenant();

    @Test
    void while_the_database_is_behind_requests_are_answered_with_429_and_no_accepted_event_is_lost()
            throws SQLException {
        AtomicInteger accepted = new AtomicInteger();
        try (Connection connection = Database.as("ingestion");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table ingestion.event in access exclusive mode");
            Eventually.holds(DEADLINE, () -> {
                Response response = send(accepted.get());
                if (response.statusCode() == 202) {
                    accepted.incrementAndGet();
                }
                assertThat(response.statusCode()).isEqualTo(429);
                assertThat(response.contentType()).isEqualTo("application/problem+json");
                assertThat(Integer.parseInt(response.getHeader("Retry-After"))).isPositive();
            });
            assertThat(send(accepted.get()).statusCode()).isEqualTo(429);
            connection.rollback();
        }
        Eventually.holds(
                DEADLINE, () -> assertThat(send(accepted.get()).statusCode()).isEqualTo(202));
        tenant.awaitStored(accepted.get() + 1L);
    }

    private Response send(int number) {
        return tenant.send(Tenant.ONE, event("e" + number, "acme", "2026-01-01T10:00:00Z", "{}"));
    }

    @Test
    void more_than_fits_at_once_is_answered_with_503_and_has_room_when_the_others_are_done() throws IOException {
        try (Socket slow = new Socket("127.0.0.1", service.getPort())) {
            String event = event("slow", "acme", "2026-01-01T10:00:00Z", "{}");
            begin(slow, IN_FLIGHT_BYTES_MAX - 1_000);
            Eventually.holds(DEADLINE, () -> {
                Response response = tenant.send(Tenant.ONE, event + " ".repeat(1_000));
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.contentType()).isEqualTo("application/problem+json");
                assertThat(Integer.parseInt(response.getHeader("Retry-After"))).isPositive();
            });
            assertThat(tenant.send(Tenant.ONE, event).statusCode())
                    .as("what fits still gets in")
                    .isEqualTo(202);
            end(slow, event, IN_FLIGHT_BYTES_MAX - 1_000);
            assertThat(answer(slow)).startsWith("HTTP/1.1 202 ");
            assertThat(tenant.send(Tenant.ONE, event + " ".repeat(1_000)).statusCode())
                    .isEqualTo(202);
        }
        tenant.awaitStored(1);
    }

    @Test
    void a_request_that_alone_is_too_large_gets_in_when_there_is_no_other() {
        String event = event("large", "acme", "2026-01-01T10:00:00Z", "{}");
        assertThat(tenant.send(Tenant.ONE, event + " ".repeat(IN_FLIGHT_BYTES_MAX))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void a_request_that_breaks_off_gives_its_room_back() throws IOException {
        String event = event("after", "acme", "2026-01-01T10:00:00Z", "{}");
        try (Socket broken = new Socket("127.0.0.1", service.getPort())) {
            begin(broken, IN_FLIGHT_BYTES_MAX);
            Eventually.holds(
                    DEADLINE,
                    () -> assertThat(tenant.send(Tenant.ONE, event).statusCode())
                            .isEqualTo(503));
        }
        Eventually.holds(
                DEADLINE,
                () -> assertThat(tenant.send(Tenant.ONE, event).statusCode()).isEqualTo(202));
    }

    /** Sends the head of a request with {@code length} bytes, and none of them. */
    private void begin(Socket socket, int length) throws IOException {
        String head =
                "POST %s HTTP/1.1\r\nHost: usance\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(Tenant.EVENTS, Tokens.admin(tenant.namespace()), Tenant.ONE, length);
        socket.setSoTimeout(Math.toIntExact(DEADLINE.toMillis()));
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    private static void end(Socket socket, String event, int length) throws IOException {
        socket.getOutputStream()
                .write((event + " ".repeat(length - event.length())).getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        byte[] answer = new byte[4_096];
        return new String(answer, 0, socket.getInputStream().read(answer), StandardCharsets.US_ASCII);
    }
}
