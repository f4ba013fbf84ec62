package io.usance.ingestion.usage;

import static io.usance.ingestion.Tenant.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.contracts.Topics;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.PlatformResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class UsageAnswerTest {
    private final Tenant tenant = new Tenant();

    @Test
    void each_line_gets_its_quantity_in_the_order_of_the_question() {
        String sum = tenant.meter("s", "sum", "$.n", Map.of("model", "$.model"));
        String unique = tenant.meter("u", "unique_count", "$.user", Map.of());
        tenant.accepts(
                event("1", "acme", "2026-01-01T10:00:00Z", "{\"n\":0.1,\"model\":\"a\",\"user\":\"x\"}"),
                event("2", "acme-1", "2026-01-01T11:00:00Z", "{\"n\":0.2,\"model\":\"b\",\"user\":\"x\"}"),
                event("3", "acme", "2026-01-02T10:00:00Z", "{\"n\":4,\"model\":\"a\",\"user\":\"y\"}"),
                event("4", "bob", "2026-01-01T10:00:00Z", "{\"n\":8,\"model\":\"a\",\"user\":\"z\"}"));
        tenant.awaitStored(4);
        Instant before = Instant.now();
        Response response = ask("{\"lines\":["
                + String.join(
                        ",",
                        line(sum, "\"acme\",\"acme-1\"", "", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
                        line(unique, "\"acme\",\"acme-1\"", "", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
                        line(
                                sum,
                                "\"acme\",\"acme-1\"",
                                "\"filters\":{\"model\":{\"eq\":\"b\"}},",
                                "2026-01-01T00:00:00Z",
                                "2026-02-01T00:00:00Z"),
                        line(sum, "\"nobody\"", "", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
                        line(sum, "", "", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
                        line(sum, "\"acme\"", "", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z"))
                + "]}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.jsonPath().getList("quantities", String.class))
                .containsExactly("0.3", "2", "0.2", "0", "0", "0");
        assertThat(Instant.parse(response.jsonPath().getString("as_of")))
                .isBetween(before.minusMillis(1), Instant.now());
    }

    @Test
    void a_meter_that_was_deleted_since_still_answers() {
        String meter = tenant.meter("m", "count", null, Map.of());
        tenant.accepts(event("1", "acme", "2026-01-01T10:00:00Z", "{}"));
        tenant.awaitStored(1);
        tenant.publish(
                Topics.CATALOG,
                "MeterDeleted",
                meter,
                2,
                new ObjectMapper().createObjectNode().put("meter_id", meter).put("deleted_at", "2026-01-01T00:00:00Z"));
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> assertThat(Database.count(
                                "select count(*) from ingestion.meter where id = ? and deleted_at is not null", meter))
                        .isEqualTo(1));
        String question =
                "{\"lines\":[" + line(meter, "\"acme\"", "", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z") + "]}";
        assertThat(ask(question).jsonPath().getList("quantities", String.class)).containsExactly("1");
        assertThat(ask(new Tenant(), question).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"lines\":[]}", "{\"lines\":[{}]}", "{\"lines\":[null]}", "nonsense", "[]"})
    void an_odd_question_is_refused(String question) {
        assertThat(ask(question).statusCode()).isEqualTo(400);
    }

    private Response ask(String question) {
        return ask(tenant, question);
    }

    private static Response ask(Tenant tenant, String question) {
        return tenant.request("billing_viewer")
                .contentType("application/json")
                .body(question)
                .post("/internal/usage");
    }

    private static String line(String meter, String subjects, String filters, String from, String to) {
        return "{\"meter_id\":\"%s\",\"subjects\":[%s],%s\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(meter, subjects, filters, from, to);
    }
}
