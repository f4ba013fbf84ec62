package io.usance.local;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.usance.local.Alerts.Alert;
import io.usance.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the services measure is what the documentation says, and what the alerts ask for. */
class MetricsIT {
    private static final Path REFERENCE = Path.of("../../docs/reference/metrics.md");

    /** Counting writes what it has added up in strides of at most a minute. */
    private static final Duration COUNTED_MAX = Duration.ofMinutes(3);

    /** What we named ourselves; the rest comes with the libraries, one of which names metrics after a pool of ours. */
    private static final Pattern OURS = Pattern.compile(
            "(?!\\w+_outbox_relay_)(gateway|catalog|subscription|ingestion|invoicing|outbox|deliveries|http_problems|health)_.*");

    /** Prometheus' own, of what it scrapes. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up");

    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)[{ ]");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");
    private static final Pattern PART = Pattern.compile("_(bucket|count|sum|max)$");

    private static final Stack stack = Stack.shared();

    /** The first thing that happens to a counter with a label is what makes it. */
    @BeforeAll
    static void let_something_happen() {
        String run = UUID.randomUUID().toString().substring(0, 8);
        send(request().contentType(ContentType.JSON).body("""
                        {"name": "Calls", "key": "calls_%s", "event_type": "call_%s", "aggregation": "count"}""".formatted(run, run)), "meters", 201);
        send(request().contentType(ContentType.JSON).body("""
                        {"specversion": "1.0", "id": "%s", "source": "metrics", "type": "call_%s", "subject": "acme"}""".formatted(run, run)), "events", 202);
        Eventually.holds(
                COUNTED_MAX, () -> assertThat(samples(Service.INGESTION)).contains("ingestion_events_counted_total"));
    }

    @Test
    void the_reference_names_what_the_services_measure_and_nothing_else() throws IOException {
        Set<String> measured = exposed().stream()
                .filter(name -> OURS.matcher(name).matches())
                .map(MetricsIT::family)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = names(ROW, Files.readString(REFERENCE));
        documented.removeIf(name -> !OURS.matcher(name).matches());
        assertThat(documented).isEqualTo(measured).hasSizeGreaterThan(10);
    }

    @Test
    void every_metric_that_an_alert_asks_for_is_there_and_documented() throws IOException {
        Set<String> exposed = exposed();
        Set<String> documented = names(ROW, Files.readString(REFERENCE));
        for (Alert alert : Alerts.all()) {
            Set<String> asked = alert.metrics();
            asked.removeAll(OF_PROMETHEUS);
            assertThat(exposed).as(alert.name()).containsAll(asked);
            assertThat(documented)
                    .as(alert.name())
                    .containsAll(asked.stream().map(MetricsIT::family).toList());
        }
    }

    @Test
    void freshness_can_be_asked_for_in_percentiles() {
        assertThat(scraped(Service.INGESTION)).contains("ingestion_events_freshness_seconds_bucket{le=\"1.0\"}");
    }

    @Test
    void every_service_says_whether_it_is_ready() {
        for (Service service : Service.values()) {
            if (service.hasDatabase()) {
                Eventually.holds(
                        Duration.ofMinutes(1),
                        () -> assertThat(scraped(service)).contains("\nhealth_ready 1.0"));
            }
        }
    }

    private static Set<String> exposed() {
        Set<String> names = new TreeSet<>();
        for (Service service : Service.values()) {
            names.addAll(samples(service));
        }
        return names;
    }

    private static Set<String> samples(Service service) {
        return names(SAMPLE, scraped(service));
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** A timer is one metric, and several series. */
    private static String family(String name) {
        return PART.matcher(name).replaceFirst("");
    }

    private static String scraped(Service service) {
        URI metrics = stack.managementUri(service.word()).resolve("/q/metrics");
        return given().get(metrics).asString();
    }

    private static void send(RequestSpecification request, String path, int status) {
        request.post(stack.baseUri().resolve("/v3/openmeter/" + path)).then().statusCode(status);
    }

    private static RequestSpecification request() {
        return given().header("Authorization", "Bearer " + stack.token());
    }
}
