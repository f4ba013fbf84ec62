package io.usance.ingestion.event;

import static io.usance.ingestion.Tenant.BATCH;
import static io.usance.ingestion.Tenant.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.Database;
import io.usance.testkit.PlatformResource;
import io.usance.testkit.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class AcceptEventsTest {
    private static final String EVENT = """
            {"specversion":"1.0","id":"1","source":"test","type":"request","subject":"acme"}""";

    @TestHTTPResource
    URI service;

    private final Tenant tenant = new Tenant();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+json",
                "application/cloudevents+json; charset=UTF-8",
                "Application/CloudEvents+JSON",
                "application/json",
                "application/json;charset=utf-8"
            })
    void one_event_is_taken_as(String contentType) {
        Response response = tenant.send(contentType, EVENT);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.asString()).isEmpty();
        tenant.awaitStored(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/cloudevents-batch+json", "application/json", "application/json; charset=utf-8"})
    void a_batch_is_taken_as(String contentType) {
        assertThat(tenant.send(contentType, "[" + EVENT + "," + EVENT.replace("\"1\"", "\"2\"") + "]")
                        .statusCode())
                .isEqualTo(202);
        tenant.awaitStored(2);
    }

    @Test
    void an_empty_batch_is_taken() {
        assertThat(tenant.send(BATCH, "[]").statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "garbage", "a/b/c;;"})
    void any_other_media_type_is_refused_with_the_three_that_are_taken(String contentType) {
        Response response = tenant.send(contentType, EVENT);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        assertThat(response.jsonPath().getString("invalid_parameters[0].field")).isEqualTo("Content-Type");
        assertThat(response.jsonPath().getString("invalid_parameters[0].source"))
                .isEqualTo("header");
        assertThat(response.jsonPath().getList("invalid_parameters[0].choices", String.class))
                .containsExactly("application/cloudevents+json", BATCH, "application/json");
    }

    @Test
    void a_batch_is_not_one_event_and_one_event_is_no_batch() {
        assertThat(tenant.send(ONE, "[" + EVENT + "]").jsonPath().getString("invalid_parameters[0].reason"))
                .contains(BATCH);
        assertThat(tenant.send(BATCH, EVENT).jsonPath().getString("invalid_parameters[0].reason"))
                .contains(ONE);
    }

    @Test
    void every_fault_of_every_event_is_named_and_nothing_is_taken() {
        Response response = tenant.send(BATCH, """
                [{"specversion":"1.0","id":"1","source":"test","type":"request","subject":"acme"},
                 {"specversion":"0.3","id":"","source":"no good","type":7,"subject":"acme","colour":"red"},
                 {"specversion":"1.0","id":"3","source":"test","type":"request","time":"yesterday","data":[]},
                 "event"]
                """);
        assertThat(response.statusCode()).isEqualTo(400);
        List<Map<String, Object>> faults = response.jsonPath().getList("invalid_parameters");
        assertThat(faults.stream().map(fault -> fault.get("field") + " " + fault.get("rule")))
                .containsExactly(
                        "[1].specversion enum",
                        "[1].id min_length",
                        "[1].source invalid",
                        "[1].type is_string",
                        "[1].colour unknown_property",
                        "[2].time is_date_time",
                        "[2].data is_object",
                        "[2].subject required",
                        "[3] is_object");
        assertThat(faults).allMatch(fault -> fault.get("source").equals("body"));
        assertThat(tenant.stored()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|required",
                "nothing|invalid",
                "{|invalid",
                "7|is_object",
                "null|is_object",
                "{}{}|required",
            })
    void an_odd_body_is_refused(String body, String rule) {
        Response response = tenant.send(ONE, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        assertThat(response.jsonPath().getString("invalid_parameters[0].rule")).isEqualTo(rule);
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        Response response = tenant.request()
                .contentType("application/json")
                .body(new byte[] {'{', '"', (byte) 0xff, '"', '}'})
                .post(Tenant.EVENTS);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail")).contains("UTF-8");
    }

    @Test
    void a_body_above_four_mebibytes_is_refused() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(Tenant.EVENTS))
                .header("Authorization", "Bearer " + Tokens.admin(tenant.namespace()))
                .header("Content-Type", ONE)
                .version(HttpClient.Version.HTTP_1_1)
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofString(EVENT + " ".repeat(4 * 1024 * 1024)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(413);
        }
        assertThat(tenant.stored()).isZero();
    }

    @Test
    void a_batch_of_ten_thousand_is_taken_and_one_more_is_not() {
        String batch = batch(10_000);
        assertThat(tenant.send(BATCH, "[" + batch + "]").statusCode()).isEqualTo(202);
        tenant.awaitStored(10_000);
        Response response = new Tenant().send(BATCH, "[" + batch + "," + EVENT + "]");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("invalid_parameters[0].rule")).isEqualTo("max_items");
        assertThat(response.jsonPath().getInt("invalid_parameters[0].maximum")).isEqualTo(10_000);
    }

    private static String batch(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> EVENT.replace("\"1\"", "\"e" + i + "\""))
                .collect(Collectors.joining(","));
    }

    @Test
    void an_event_is_kept_to_the_byte() {
        String event = """
                { "type":"request" , "data":{"z":1,"a":12345678901234567890.123456789,"e":1e3, "u":"\\u00e9é😀"},
                  "id":"1","source":"test","specversion":"1.0","subject":"acme", "time":"2026-01-01T00:00:00.123456789+02:00" }""";
        tenant.send("application/json", "[" + event + " ]").then().statusCode(202);
        tenant.awaitStored(1);
        assertThat(Database.column("select body from ingestion.event where namespace = ?", tenant.namespace()))
                .containsExactly(event);
    }

    @Test
    void an_event_without_a_time_has_the_time_of_its_request() {
        tenant.accepts(EVENT);
        tenant.awaitStored(1);
        assertThat(Database.count("""
                        select count(*) from ingestion.event
                        where namespace = ? and occurred_at = ingested_at and stored_at - ingested_at < interval '20 s'
                        """, tenant.namespace())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void the_guide_s_own_curl_works_to_the_byte(int number) throws IOException, InterruptedException {
        assertThat(curl("guide/event-" + number + ".sh", "")).isEmpty();
        tenant.awaitStored(1);
    }

    @Test
    void a_second_content_type_header_does_no_harm() throws IOException, InterruptedException {
        assertThat(curl("guide/event-1.sh", " -H 'Content-Type;' --header 'X-Other: Content-Type: text/plain' "))
                .isEmpty();
        tenant.awaitStored(1);
    }

    /** Runs the guide's command in a shell, with only the host replaced; gives what it printed. */
    private String curl(String script, String more) throws IOException, InterruptedException {
        String command;
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(script)) {
            command = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        command = command.replace("https://us.api.konghq.com", "http://127.0.0.1:" + service.getPort())
                .replace("curl -X POST", "curl" + more + " -X POST");
        ProcessBuilder shell = new ProcessBuilder(
                        "bash", "-c", "set -e\nEVENT_TIME=$(date -u +%Y-%m-%dT%H:%M:%SZ)\n" + command)
                .redirectErrorStream(true);
        shell.environment().put("KONNECT_TOKEN", Tokens.admin(tenant.namespace()));
        Process process = shell.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
