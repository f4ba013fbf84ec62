package io.usance.ingestion.usage;

import static io.usance.ingestion.Tenant.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.usance.contracts.access.Roles;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.PlatformResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class FeatureCostTest {
    private static final String DAY = "\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"";
    private static final String BY_MODEL =
            "{\"type\":\"llm\",\"provider\":\"OpenAI\",\"model_property\":\"model\",\"token_type_property\":\"kind\"}";

    private final Tenant tenant = new Tenant();

    @Test
    void a_manual_unit_cost_is_multiplied_exactly() {
        String meter = tenant.meter("tokens", "sum", "$.n", Map.of("model", "$.model"));
        String feature = feature(meter, "{}", "{\"type\":\"manual\",\"amount\":\"0.0000015\"}");
        tenant.accepts(
                event("1", "acme", "2026-01-01T10:00:00Z", "{\"n\":1000000,\"model\":\"a\"}"),
                event("2", "acme", "2026-01-01T11:00:00Z", "{\"n\":\"0.5\",\"model\":\"b\"}"));
        tenant.awaitStored(2);
        cost(feature, "{%s}".formatted(DAY))
                .body("from", equalTo("2026-01-01T00:00:00Z"))
                .body("data", hasSize(1))
                .body("data[0].usage", equalTo("1000000.5"))
                .body("data[0].cost", equalTo("1.50000075"))
                .body("data[0].currency", equalTo("USD"))
                .body("data[0].from", equalTo("2026-01-01T00:00:00Z"))
                .body("data[0].to", equalTo("2026-01-02T00:00:00Z"));
        cost(feature, "{%s,\"group_by_dimensions\":[\"model\"]}".formatted(DAY))
                .body("data.dimensions.model", contains("a", "b"))
                .body("data.cost", contains("1.5", "0.00000075"));
    }

    @Test
    void only_what_the_feature_counts_costs() {
        String meter = tenant.meter("calls", "count", null, Map.of("model", "$.model"));
        String feature = feature(meter, "{\"model\":{\"in\":[\"a\",\"b\"]}}", "{\"type\":\"manual\",\"amount\":\"2\"}");
        tenant.accepts(
                event("1", "acme", "2026-01-01T10:00:00Z", "{\"model\":\"a\"}"),
                event("2", "acme", "2026-01-01T11:00:00Z", "{\"model\":\"b\"}"),
                event("3", "acme", "2026-01-01T12:00:00Z", "{\"model\":\"c\"}"));
        tenant.awaitStored(3);
        cost(feature, "{%s}".formatted(DAY)).body("data.cost", contains("4"));
        cost(feature, "{%s,\"filters\":{\"dimensions\":{\"model\":{\"neq\":\"a\"}}}}".formatted(DAY))
                .body("data.usage", contains("1"))
                .body("data.cost", contains("2"));
    }

    @Test
    void tokens_cost_what_they_cost_when_they_were_used() {
        String meter = tenant.meter("tokens", "sum", "$.n", Map.of("model", "$.model", "kind", "$.kind"));
        String feature = feature(meter, "{}", BY_MODEL);
        prices(
                price("openai", "big", "1", "2", false, "2025-01-01T00:00:00Z", null),
                price("openai", "big", "3", "4", true, "2026-01-01T11:30:00Z", "2026-01-01T12:30:00Z"),
                price("openai", "small", "0.1", "0.2", false, "2025-01-01T00:00:00Z", null),
                price("other", "big", "100", "100", true, "2025-01-01T00:00:00Z", null));
        tenant.accepts(
                event("1", "acme", "2026-01-01T11:00:00Z", "{\"n\":10,\"model\":\"BIG\",\"kind\":\"input\"}"),
                event("2", "acme", "2026-01-01T11:30:00Z", "{\"n\":10,\"model\":\"BIG\",\"kind\":\"input\"}"),
                event("3", "acme", "2026-01-01T12:29:59.999999Z", "{\"n\":10,\"model\":\"BIG\",\"kind\":\"response\"}"),
                event("4", "acme", "2026-01-01T12:30:00Z", "{\"n\":10,\"model\":\"BIG\",\"kind\":\"output\"}"),
                event("5", "bob", "2026-01-01T12:00:00Z", "{\"n\":10,\"model\":\"small\",\"kind\":\"request\"}"));
        tenant.awaitStored(5);
        cost(feature, "{%s}".formatted(DAY))
                .body("data.usage", contains("50"))
                // 10 x 1, 10 x 3, 10 x 4, 10 x 2, 10 x 0.1
                .body("data.cost", contains("101"))
                .body("data[0].from", equalTo("2026-01-01T00:00:00Z"))
                .body("data[0].to", equalTo("2026-01-02T00:00:00Z"));
        cost(feature, "{%s,\"granularity\":\"PT1H\"}".formatted(DAY))
                .body("data.from", contains("2026-01-01T11:00:00Z", "2026-01-01T12:00:00Z"))
                .body("data.usage", contains("20", "30"))
                .body("data.cost", contains("40", "61"));
        cost(feature, "{%s,\"group_by_dimensions\":[\"subject\",\"model\"]}".formatted(DAY))
                .body("data.dimensions.subject", contains("acme", "bob"))
                .body("data.dimensions.model", contains("BIG", "small"))
                .body("data.cost", contains("100", "1"));
        cost(feature, "{}")
                .body("data.from", contains("2026-01-01T11:00:00Z"))
                .body("data.to", contains("2026-01-01T12:31:00Z"))
                .body("data.cost", contains("101"));
    }

    @Test
    void a_price_that_nobody_knows_is_no_price_and_is_named() {
        String meter = tenant.meter("tokens", "sum", "$.n", Map.of("model", "$.model", "kind", "$.kind"));
        String feature = feature(meter, "{}", BY_MODEL);
        prices(price("openai", "big", "1", "2", false, "2025-01-01T00:00:00Z", null));
        tenant.accepts(
                event("1", "acme", "2026-01-01T11:00:00Z", "{\"n\":10,\"model\":\"big\",\"kind\":\"input\"}"),
                event("2", "bob", "2026-01-01T11:00:00Z", "{\"n\":10,\"model\":\"new\",\"kind\":\"input\"}"),
                event("3", "carl", "2026-01-01T11:00:00Z", "{\"n\":10,\"model\":\"big\",\"kind\":\"reasoning\"}"),
                event("4", "dora", "2026-01-01T11:00:00Z", "{\"n\":10,\"model\":\"big\"}"));
        tenant.awaitStored(4);
        ValidatableResponse answer = cost(feature, "{%s,\"group_by_dimensions\":[\"subject\"]}".formatted(DAY))
                .body("data.cost", contains("10", null, null, null))
                .body("data[1].detail", equalTo("no price is known for input tokens of new of OpenAI"))
                .body("data[2].detail", equalTo("no price is known for reasoning tokens of big of OpenAI"))
                .body("data[3].detail", equalTo("no price is known for (none) tokens of big of OpenAI"));
        assertThat(answer.extract().asString()).contains("\"cost\":null");
        cost(feature, "{%s}".formatted(DAY)).body("data.usage", contains("40")).body("data[0].cost", equalTo(null));
    }

    @Test
    void a_level_is_asked_for_as_a_whole_and_no_usage_costs_nothing() {
        String seats = tenant.meter("seats", "unique_count", "$.n", Map.of("model", "$.model"));
        String feature = feature(
                seats,
                "{}",
                "{\"type\":\"llm\",\"provider\":\"openai\",\"model_property\":\"model\",\"token_type\":\"input\"}");
        prices(
                price("openai", "big", "1", "2", false, "2025-01-01T00:00:00Z", null),
                price("openai", "small", "5", "2", false, "2025-01-01T00:00:00Z", null));
        cost(feature, "{%s}".formatted(DAY)).body("data.usage", contains("0")).body("data.cost", contains("0"));
        tenant.accepts(
                event("1", "acme", "2026-01-01T11:00:00Z", "{\"n\":1,\"model\":\"big\"}"),
                event("2", "acme", "2026-01-01T12:00:00Z", "{\"n\":1,\"model\":\"small\"}"));
        tenant.awaitStored(2);
        cost(feature, "{%s}".formatted(DAY)).body("data.usage", contains("1")).body("data.cost", contains("6"));
    }

    @Test
    void without_a_unit_cost_usage_is_shown_and_the_cost_is_not_known() {
        String meter = tenant.meter("calls", "count", null, Map.of());
        String feature = feature(meter, "{}", "null");
        tenant.accepts(event("1", "acme", "2026-01-01T10:00:00Z", "{}"));
        tenant.awaitStored(1);
        cost(feature, "{%s}".formatted(DAY))
                .body("data.usage", contains("1"))
                .body("data[0].detail", equalTo("the feature has no unit cost"));
    }

    @Test
    void a_feature_that_is_not_there_or_counts_nothing_has_no_costs() {
        tenant.post("/v3/openmeter/features/" + Tenant.ulid() + "/cost/query", "{}")
                .then()
                .statusCode(404);
        tenant.post("/v3/openmeter/features/none/cost/query", "{}").then().statusCode(404);
        String support = Tenant.ulid();
        Owners.answer(
                "/internal/features/" + support + "/cost",
                "{\"feature\":{\"id\":\"%s\",\"key\":\"support\",\"name\":\"Support\"}}".formatted(support));
        tenant.post("/v3/openmeter/features/" + support + "/cost/query", "{}")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("featureId"));
        tenant.postAs("/v3/openmeter/features/" + support + "/cost/query", "{}", Roles.INGEST)
                .then()
                .statusCode(403);
    }

    // ------------------------------------------------------------------

    private ValidatableResponse cost(String feature, String question) {
        return tenant.post("/v3/openmeter/features/" + feature + "/cost/query", question)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200);
    }

    private static String feature(String meter, String filters, String unitCost) {
        String id = Tenant.ulid();
        Owners.answer("/internal/features/" + id + "/cost", """
                {"feature":{"id":"%s","key":"tokens","name":"Tokens","meter":{"id":"%s","filters":%s}},"unit_cost":%s}
                """.formatted(id, meter, filters, unitCost));
        return id;
    }

    private static void prices(String... prices) {
        Owners.answer("/internal/llm-prices/history", "{\"prices\":[" + String.join(",", prices) + "]}");
    }

    private static String price(
            String provider, String model, String input, String output, boolean override, String from, String to) {
        return """
                {"provider":"%s","model":"%s","override":%s,"effective_from":"%s","effective_to":%s,
                 "pricing":{"input_per_token":"%s","output_per_token":"%s"}}
                """.formatted(provider, model, override, from, to == null ? "null" : "\"" + to + "\"", input, output);
    }
}
