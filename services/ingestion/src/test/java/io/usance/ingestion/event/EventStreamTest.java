package io.usance.ingestion.event;

import static io.usance.ingestion.Tenant.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.Eventually;
import io.usance.testkit.PlatformResource;
import io.usance.testkit.Tokens;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class EventStreamTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/v3/openmeter/events/stream")
    URI stream;

    private final Tenant tenant = new Tenant();

    @Test
    void what_is_stored_from_now_on_comes_as_in_the_list() {
        tenant.accepts(event("before", "acme", "2026-01-01T00:00:00Z", "{}"));
        tenant.awaitStored(1);
        try (Follower follower = follow("")) {
            follower.awaitOpen();
            new Tenant().accepts(event("theirs", "acme", "2026-01-01T00:00:00Z", "{}"));
            tenant.accepts(event("late", "acme", "2020-01-01T00:00:00Z", "{}"));
            tenant.accepts(event("now", "acme", "2026-01-01T00:00:00Z", "{}"));

            Eventually.holds(SOON, () -> assertThat(follower.ids()).containsExactlyInAnyOrder("late", "now"));
            JsonNode shown = follower.events.getFirst();
            assertThat(shown.at("/validation_errors").findValuesAsText("code"))
                    .containsExactly("customer_not_found", "meter_not_found");
            assertThat(shown.has("ingested_at")).isTrue();
            assertThat(follower.head().headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/event-stream");
            assertThat(follower.head().headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void filters_leave_out_the_others() {
        try (Follower follower = follow("?filter%5Bsubject%5D=acme&filter%5Btype%5D=request")) {
            follower.awaitOpen();
            tenant.accepts(
                    event("1", "globex", "2026-01-01T00:00:00Z", "{}"),
                    event("2", "other", "acme", "2026-01-01T00:00:00Z", "{}"),
                    event("3", "acme", "2026-01-01T00:00:00Z", "{}"));

            Eventually.holds(SOON, () -> assertThat(follower.ids()).containsExactly("3"));
        }
    }

    @Test
    void nothing_is_lost_or_told_twice_while_many_come() {
        try (Follower one = follow("");
                Follower other = follow("")) {
            one.awaitOpen();
            other.awaitOpen();
            List<String> sent = new ArrayList<>();
            for (int batch = 0; batch < 10; batch++) {
                int first = batch * 40;
                tenant.accepts(IntStream.range(first, first + 40)
                        .mapToObj(i -> event("e" + i, "s" + i % 7, "2026-01-01T00:00:00Z", "{}"))
                        .toArray(String[]::new));
                IntStream.range(first, first + 40).forEach(i -> sent.add("e" + i));
            }

            for (Follower follower : List.of(one, other)) {
                Eventually.holds(SOON, () -> assertThat(follower.ids()).containsExactlyInAnyOrderElementsOf(sent));
            }
            assertThat(one.names).doesNotContain("gap");
        }
    }

    @Test
    void more_than_can_be_looked_at_is_passed_over_and_said() {
        try (Follower follower = follow("")) {
            follower.awaitOpen();
            tenant.accepts(IntStream.range(0, 6_000)
                    .mapToObj(i -> event("e" + i, "acme", "2026-01-01T00:00:00Z", "{}"))
                    .toArray(String[]::new));

            Eventually.holds(SOON, () -> assertThat(follower.names).contains("gap", "event"));
        }
    }

    @Test
    void what_a_stream_cannot_do_is_refused() {
        for (String query : List.of("filter[subject][contains]=a", "filter[id]=a", "page[size]=0")) {
            assertThat(tenant.request().get(Tenant.EVENTS + "/stream?" + query).statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_namespace_has_so_many_streams_and_no_more() {
        List<Follower> followers = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                followers.add(follow(""));
                followers.getLast().awaitOpen();
            }
            assertThat(tenant.request().get(Tenant.EVENTS + "/stream").statusCode())
                    .isEqualTo(429);
        } finally {
            followers.forEach(Follower::close);
        }
        Eventually.holds(SOON, () -> {
            try (Follower again = follow("")) {
                assertThat(again.head().statusCode()).isEqualTo(200);
            }
        });
    }

    private Follower follow(String query) {
        return new Follower(URI.create(stream + query), Tokens.withRoles(tenant.namespace(), "metering_viewer"));
    }

    /** Reads a stream line by line. */
    private static final class Follower implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final CompletableFuture<HttpResponse<Stream<String>>> answer;
        private final List<String> names = new CopyOnWriteArrayList<>();
        private final List<JsonNode> events = new CopyOnWriteArrayList<>();

        Follower(URI uri, String token) {
            answer = client.sendAsync(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofLines());
            Thread.ofVirtual().start(this::read);
        }

        void awaitOpen() {
            Eventually.holds(SOON, () -> assertThat(names).contains("heartbeat"));
        }

        HttpResponse<Stream<String>> head() {
            return answer.join();
        }

        List<String> ids() {
            return events.stream().map(event -> event.at("/event/id").asText()).toList();
        }

        private void read() {
            try (Stream<String> lines = answer.join().body()) {
                String[] name = {""};
                lines.forEach(line -> {
                    if (line.startsWith("event:")) {
                        name[0] = line.substring("event:".length()).strip();
                        names.add(name[0]);
                    } else if (line.startsWith("data:") && name[0].equals("event")) {
                        events.add(Tenant.tree(line.substring("data:".length())));
                    }
                });
            } catch (UncheckedIOException | CompletionException closed) {
                names.add("closed");
            }
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
