package io.usance.catalog.feature;

import static io.usance.catalog.Fixtures.FEATURES;
import static io.usance.catalog.Fixtures.METERS;
import static io.usance.catalog.Fixtures.agentRunsFeature;
import static io.usance.catalog.Fixtures.feature;
import static io.usance.catalog.Fixtures.tokensMeter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.catalog.Api;
import io.usance.catalog.Published;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class FeatureTest {
    private final String namespace = Namespaces.fresh();
    private final Api api = Api.of(namespace);

    // ------------------------------------------------------------------ create

    @Test
    void a_feature_comes_back_as_it_was_sent() {
        String meter = api.create(METERS, tokensMeter());
        Response created = api.post(FEATURES, """
                {"name": "Output tokens", "key": "output_tokens", "description": "d", "labels": {"a": "b"},
                 "meter": {"id": "%s", "filters": {"type": {"eq": "output"}, "model": {"in": ["a", "b"], "neq": "c"}}},
                 "unit_cost": {"type": "manual", "amount": "0.00000200"}}""".formatted(meter));
        created.then()
                .statusCode(201)
                .body("key", equalTo("output_tokens"))
                .body("name", equalTo("Output tokens"))
                .body("description", equalTo("d"))
                .body("labels.a", equalTo("b"))
                .body("meter.id", equalTo(meter))
                .body("meter.filters.type.eq", equalTo("output"))
                .body("meter.filters.model.in", contains("a", "b"))
                .body("meter.filters.model.neq", equalTo("c"))
                .body("unit_cost.amount", equalTo("0.00000200"))
                .body("created_at", notNullValue())
                .body("deleted_at", nullValue());
        assertThat(api.get(FEATURES + "/" + created.path("id")).asString()).isEqualTo(created.asString());

        JsonNode event = Published.event(namespace, created.path("id"), "FeatureCreated");
        assertThat(event.at("/data/feature/key").asText()).isEqualTo("output_tokens");
        assertThat(event.at("/data/feature/meter/id").asText()).isEqualTo(meter);
        assertThat(event.at("/data/feature/meter/filters/type/eq").asText()).isEqualTo("output");
    }

    @Test
    void a_feature_needs_no_meter() {
        api.post(FEATURES, feature("support")).then().statusCode(201).body("meter", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\": \"tokens_total\"}",
                "\"tokens_total\"",
                "{\"id\": \"tokens_total\"}",
                "{\"key\": \"tokens_total\", \"filters\": {\"type\": \"output\"}}"
            })
    void a_meter_can_be_named_by_key_and_conditions_be_bare_values(String reference) {
        String meter = api.create(METERS, tokensMeter());
        api.post(FEATURES, """
                        {"name": "f", "key": "f", "meter": %s}""".formatted(reference))
                .then()
                .statusCode(201)
                .body("meter.id", equalTo(meter))
                .body("meter.key", nullValue())
                .body("meter.filters.type.eq", equalTo(reference.contains("filters") ? "output" : null));
    }

    @Test
    void a_meter_can_be_named_by_its_bare_id() {
        String meter = api.create(METERS, tokensMeter());
        api.post(FEATURES, """
                        {"name": "f", "key": "f", "meter": "%s"}""".formatted(meter)).then().statusCode(201).body("meter.id", equalTo(meter));
    }

    @Test
    void a_meter_that_does_not_exist_is_refused() {
        String foreign = Api.of(Namespaces.fresh()).create(METERS, tokensMeter());
        String deleted = api.create(METERS, tokensMeter());
        api.delete(METERS + "/" + deleted).then().statusCode(204);
        Stream.of(foreign, deleted, "01ARZ3NDEKTSV4RRFFQ69G5FAV")
                .forEach(id -> api.post(FEATURES, feature("f", id))
                        .then()
                        .statusCode(400)
                        .body("invalid_parameters.field", contains("meter.id"))
                        .body("invalid_parameters.rule", contains("missing_reference")));
        api.post(FEATURES, """
                        {"name": "f", "key": "f", "meter": {"key": "tokens_total"}}""").then().statusCode(400).body("invalid_parameters.field", contains("meter.key"));
        api.post(FEATURES, """
                        {"name": "f", "key": "f", "meter": {}}""").then().statusCode(400).body("invalid_parameters.rule", hasItem("dependent_fields"));
        api.get(FEATURES).then().body("data", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"avg", "min", "max"})
    void averages_and_extremes_cannot_be_sold(String aggregation) {
        String meter = api.create(METERS, tokensMeter().replace("\"sum\"", '"' + aggregation + '"'));
        api.post(FEATURES, feature("f", meter))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("feature_meter_aggregation_not_billable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum", "unique_count", "latest"})
    void sums_and_counts_can_be_sold(String aggregation) {
        String meter = api.create(METERS, tokensMeter().replace("\"sum\"", '"' + aggregation + '"'));
        api.post(FEATURES, feature("f", meter)).then().statusCode(201);
    }

    @Test
    void conditions_are_on_dimensions_of_the_meter() {
        String meter = api.create(METERS, tokensMeter());
        api.post(FEATURES, """
                        {"name": "f", "key": "f", "meter": {"id": "%s", "filters": {
                            "region": "eu", "subject": "x", "model": {},
                            "type": {"and": [{"or": [{"and": [{"eq": "a"}]}]}]}}}}""".formatted(meter))
                .then()
                .statusCode(400)
                .body(
                        "extensions.validationErrors.code",
                        containsInAnyOrder(
                                "feature_filter_dimension_unknown",
                                "reserved_dimension",
                                "feature_filter_empty",
                                "feature_filter_too_deep"))
                .body("extensions.validationErrors.message", hasItem(containsString("it has [model, type]")));
        String eleven =
                IntStream.range(0, 11).mapToObj("\"d%d\": \"x\""::formatted).collect(Collectors.joining(", "));
        api.post(FEATURES, """
                        {"name": "f", "key": "f", "meter": {"id": "%s", "filters": {%s}}}""".formatted(meter, eleven))
                .then()
                .statusCode(400)
                .body("invalid_parameters.rule", contains("max_items"));
    }

    @Test
    void conditions_that_nest_without_end_are_answered_with_a_problem() {
        String nested = "{\"and\": [".repeat(400) + "{\"eq\": \"a\"}" + "]}".repeat(400);
        api.post(FEATURES, """
                        {"name": "f", "key": "f", "meter": {"key": "m", "filters": {"model": %s}}}""".formatted(nested)).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void every_fault_in_form_is_in_one_problem() {
        api.post(FEATURES, """
                        {"name": "", "key": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "price": 1, "meter": 7,
                         "unit_cost": {"type": "manual"}}""")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", hasItems("name", "key", "price", "meter", "unit_cost.amount"));
        api.post(FEATURES, feature("support").replace("\"name\":", "\"labels\": {\"_x\": \"y\"}, \"name\":"))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("labels._x"));
        api.post(FEATURES, feature("01arz3ndektsv4rrffq69g5fav"))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("key"));
    }

    @Test
    void a_key_belongs_to_one_living_feature() throws Exception {
        Callable<Integer> create = () -> api.post(FEATURES, feature("support")).statusCode();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Integer> statuses = threads.invokeAll(List.of(create, create, create, create)).stream()
                    .map(response -> response.resultNow())
                    .toList();
            assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        }
        String id = api.get(FEATURES).path("data[0].id");
        api.delete(FEATURES + "/" + id).then().statusCode(204);
        api.post(FEATURES, feature("support")).then().statusCode(201);
    }

    // ------------------------------------------------------------------ unit cost

    @Test
    void the_unit_cost_can_be_set_kept_and_cleared() {
        String path = FEATURES + "/" + api.create(FEATURES, feature("tokens", api.create(METERS, tokensMeter())));
        api.patch(path, """
                        {"unit_cost": {"type": "manual", "amount": "1.50"}}""")
                .then()
                .statusCode(200)
                .body("unit_cost.type", equalTo("manual"))
                .body("unit_cost.amount", equalTo("1.50"));
        api.patch(path, "{}").then().statusCode(200).body("unit_cost.amount", equalTo("1.50"));
        api.patch(path, """
                        {"unit_cost": {"type": "llm", "provider": "openai", "model_property": "model",
                         "token_type": "output"}}""")
                .then()
                .statusCode(200)
                .body("unit_cost.model_property", equalTo("model"))
                .body("unit_cost.amount", nullValue());
        api.patch(path, """
                {"unit_cost": null}""").then().statusCode(200).body("unit_cost", nullValue());
        api.get(path).then().body("unit_cost", nullValue());
    }

    @Test
    void a_unit_cost_that_makes_no_sense_is_refused() {
        String path = FEATURES + "/" + api.create(FEATURES, feature("support"));
        api.patch(path, """
                        {"unit_cost": {"type": "manual", "amount": "-1"}}""")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("unit_cost_negative_amount"));
        api.patch(path, """
                        {"unit_cost": {"type": "llm", "provider": "a", "provider_property": "b", "model": "m"}}""")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.field", contains("unit_cost.provider", "unit_cost.token_type"));
        api.patch(path, """
                {"name": "other"}""").then().statusCode(400).body("invalid_parameters.field", contains("name"));
        api.patch(path, """
                {"unit_cost": {"type": "guess"}}""").then().statusCode(400);
        api.patch(path, """
                        {"unit_cost": {"type": "manual", "amount": "%s"}}""".formatted("1".repeat(1_000_000)))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("unit_cost.amount"));
    }

    @Test
    void a_unit_cost_that_is_fixed_shows_its_price() {
        Response created = api.post(FEATURES, """
                {"name": "f", "key": "f", "unit_cost":
                  {"type": "llm", "provider": "OpenAI", "model": "GPT-4o", "token_type": "input"}}""");
        created.then()
                .statusCode(201)
                .body("unit_cost.provider", equalTo("OpenAI"))
                .body("unit_cost.pricing.input_per_token", equalTo("0.0000025"))
                .body("unit_cost.pricing.output_per_token", equalTo("0.00001"))
                .body("unit_cost.pricing.cache_read_per_token", equalTo("0.00000125"))
                .body("unit_cost.pricing.reasoning_per_token", nullValue());
        String path = FEATURES + "/" + created.path("id");
        assertThat(api.get(path).asString()).isEqualTo(created.asString());

        String override = api.create("/llm-cost/overrides", """
                {"provider": "openai", "model_id": "gpt-4o", "currency": "USD",
                 "pricing": {"input_per_token": "2.50", "output_per_token": "0"},
                 "effective_from": "2026-01-01T00:00:00Z"}""");
        api.get(path)
                .then()
                .body("unit_cost.pricing.input_per_token", equalTo("2.50"))
                .body("unit_cost.pricing.cache_read_per_token", nullValue());
        api.get(FEATURES).then().body("data.unit_cost.pricing.input_per_token", contains("2.50"));
        api.delete("/llm-cost/overrides/" + override).then().statusCode(204);
        api.get(path).then().body("unit_cost.pricing.input_per_token", equalTo("0.0000025"));
    }

    @Test
    void a_unit_cost_without_one_known_price_shows_none() {
        String meter = api.create(METERS, tokensMeter());
        String path = FEATURES + "/" + api.create(FEATURES, feature("tokens", meter));
        api.patch(path, """
                        {"unit_cost": {"type": "llm", "provider": "openai", "model": "gpt-4o",
                         "token_type_property": "type"}}""").then().statusCode(200).body("unit_cost.pricing", nullValue());
        api.patch(path, """
                        {"unit_cost": {"type": "llm", "provider": "openai", "model": "no-such-model", "token_type": "input",
                         "pricing": {"input_per_token": "1", "output_per_token": "1"}}}""")
                .then()
                .statusCode(200)
                .body("unit_cost.model", equalTo("no-such-model"))
                .body("unit_cost.pricing", nullValue());
    }

    @Test
    void a_unit_cost_is_looked_up_by_dimensions_of_the_meter() {
        String meter = api.create(METERS, tokensMeter());
        String unitCost = """
                {"unit_cost": {"type": "llm", "provider": "openai", "model_property": "%s", "token_type_property": "type"}}""";
        String path = FEATURES + "/" + api.create(FEATURES, feature("tokens", meter));
        api.patch(path, unitCost.formatted("region"))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("unit_cost_dimension_unknown"))
                .body("extensions.validationErrors.field", contains("unit_cost.model_property"));
        api.patch(FEATURES + "/" + api.create(FEATURES, feature("support")), unitCost.formatted("model"))
                .then()
                .statusCode(400)
                .body(
                        "extensions.validationErrors.field",
                        contains("unit_cost.model_property", "unit_cost.token_type_property"));
        api.post(FEATURES, unitCost.formatted("model").replaceFirst("\\{", "{\"name\": \"f\", \"key\": \"f\", "))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", hasItem("unit_cost_dimension_unknown"));

        String withoutModel = """
                {"dimensions": {"type": "$.type"}}""";
        api.patch(path, unitCost.formatted("model")).then().statusCode(200);
        api.put(METERS + "/" + meter, withoutModel).then().statusCode(409);
        api.patch(path, """
                {"unit_cost": null}""").then().statusCode(200);
        api.put(METERS + "/" + meter, withoutModel).then().statusCode(200);
    }

    // ------------------------------------------------------------------ archive

    @Test
    void an_archived_feature_stays_for_history_and_everybody_is_told() {
        String id = agentRunsFeature(api);
        api.delete(FEATURES + "/" + id).then().statusCode(204);
        String since =
                api.get(FEATURES + "/" + id).then().statusCode(200).extract().path("deleted_at");
        assertThat(Published.event(namespace, id, "FeatureArchived")
                        .at("/data/archived_at")
                        .asText())
                .isEqualTo(since);
        api.delete(FEATURES + "/" + id).then().statusCode(204);
        assertThat(api.get(FEATURES + "/" + id).<String>path("deleted_at")).isEqualTo(since);
        api.get(FEATURES).then().body("data", empty());
        api.patch(FEATURES + "/" + id, "{}")
                .then()
                .statusCode(410)
                .body("type", equalTo("https://kongapi.info/konnect/gone"));
    }

    // ------------------------------------------------------------------ reading

    @Test
    void the_list_is_paged_filtered_and_sorted() {
        String runs = agentRunsFeature(api);
        String meter = api.get(FEATURES + "/" + runs).path("meter.id");
        String support = api.create(FEATURES, feature("support"));
        api.get(FEATURES).then().body("data.id", contains(runs, support)).body("meta.page.total", equalTo(2));
        api.get(FEATURES, "sort", "name desc").then().body("data.id", contains(support, runs));
        api.get(FEATURES, "page[size]", 1, "page[number]", 2).then().body("data.id", contains(support));
        api.get(FEATURES, "filter[meter_id]", meter).then().body("data.id", contains(runs));
        api.get(FEATURES, "filter[meter_id][neq]", meter).then().body("data.id", contains(support));
        api.get(FEATURES, "filter[key][eq]", "support").then().body("data.id", contains(support));
        api.get(FEATURES, "filter[name][contains]", "agent").then().body("data.id", contains(runs));
        api.get(FEATURES, "filter[meter_id]", "x").then().statusCode(400);
        api.get(FEATURES, "filter[unit_cost]", "x").then().statusCode(400);
    }

    @Test
    void another_tenant_sees_nothing() {
        String id = agentRunsFeature(api);
        Api stranger = Api.of(Namespaces.fresh());
        Stream.of(
                        stranger.get(FEATURES + "/" + id),
                        stranger.patch(FEATURES + "/" + id, "{}"),
                        stranger.delete(FEATURES + "/" + id),
                        api.get(FEATURES + "/agent_runs"))
                .forEach(response -> response.then().statusCode(404));
        stranger.get(FEATURES).then().body("data", empty());
        api.get(FEATURES + "/" + id).then().body("deleted_at", nullValue());
    }
}
