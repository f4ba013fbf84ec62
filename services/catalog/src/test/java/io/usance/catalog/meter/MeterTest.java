package io.usance.catalog.meter;

import static io.restassured.RestAssured.given;
import static io.usance.catalog.Fixtures.FEATURES;
import static io.usance.catalog.Fixtures.METERS;
import static io.usance.catalog.Fixtures.agentRunsMeter;
import static io.usance.catalog.Fixtures.feature;
import static io.usance.catalog.Fixtures.tokensMeter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class MeterTest {
    private final String namespace = Namespaces.fresh();
    private final Api api = Api.of(namespace);

    // ------------------------------------------------------------------ create

    @Test
    void a_meter_comes_back_as_it_was_sent() {
        Response created = api.post(METERS, """
                {"name": "Tokens", "key": "tokens_total", "description": "by model", "labels": {"team": "ai"},
                 "event_type": "prompt", "aggregation": "sum", "value_property": "$.tokens",
                 "events_from": "2026-01-01T02:00:00+02:00", "dimensions": {"model": "$.model", "_t1": "$['type']"}}""");
        created.then()
                .statusCode(201)
                .body("id", matchesPattern("[0-7][0-9A-HJKMNP-TV-Z]{25}"))
                .body("key", equalTo("tokens_total"))
                .body("name", equalTo("Tokens"))
                .body("description", equalTo("by model"))
                .body("labels.team", equalTo("ai"))
                .body("aggregation", equalTo("sum"))
                .body("event_type", equalTo("prompt"))
                .body("value_property", equalTo("$.tokens"))
                .body("events_from", equalTo("2026-01-01T00:00:00Z"))
                .body("dimensions.model", equalTo("$.model"))
                .body("dimensions._t1", equalTo("$['type']"))
                .body("created_at", notNullValue())
                .body("updated_at", equalTo(created.path("created_at")))
                .body("deleted_at", nullValue());
        assertThat(api.get(METERS + "/" + created.path("id")).asString()).isEqualTo(created.asString());
    }

    @Test
    void everybody_is_told_of_a_new_meter() {
        String id = api.create(METERS, tokensMeter());
        JsonNode event = Published.event(namespace, id, "MeterCreated");
        assertThat(event.at("/namespace").asText()).isEqualTo(namespace);
        assertThat(event.at("/entity_id").asText()).isEqualTo(id);
        JsonNode meter = event.at("/data/meter");
        assertThat(meter.at("/id").asText()).isEqualTo(id);
        assertThat(meter.at("/key").asText()).isEqualTo("tokens_total");
        assertThat(meter.at("/aggregation").asText()).isEqualTo("sum");
        assertThat(meter.at("/event_type").asText()).isEqualTo("prompt");
        assertThat(meter.at("/value_property").asText()).isEqualTo("$.tokens");
        assertThat(meter.at("/dimensions/model").asText()).isEqualTo("$.model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum", "SUM", "Avg", "min", "max", "unique_count", "UNIQUE_COUNT", "latest"})
    void aggregations_are_taken_in_any_case(String aggregation) {
        api.post(METERS, tokensMeter().replace("\"sum\"", '"' + aggregation + '"'))
                .then()
                .statusCode(201)
                .body("aggregation", equalTo(aggregation.toLowerCase(java.util.Locale.ROOT)));
    }

    @Test
    void a_refused_meter_is_neither_kept_nor_told_of() {
        api.post(METERS, agentRunsMeter().replace("$.agent_name", "agent_name"))
                .then()
                .statusCode(400);
        api.get(METERS).then().body("data", empty());
        assertThat(io.usance.testkit.Database.count(
                        "select count(*) from catalog.outbox where namespace = ?", namespace))
                .isZero();
    }

    @Test
    void the_path_from_the_event_instead_of_its_data_is_refused_with_a_hint() {
        api.post(METERS, agentRunsMeter().replace("$.agent_name", "$.data.agent_name"))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("extensions.validationErrors.code", contains("json_path_starts_at_event"))
                .body("extensions.validationErrors.field", contains("dimensions.agent_name"))
                .body(
                        "extensions.validationErrors[0].message",
                        containsString("write $.agent_name instead of $.data.agent_name"));
    }

    @Test
    void every_broken_rule_is_in_one_problem() {
        api.post(METERS, """
                        {"name": "n", "key": "k", "event_type": "t", "aggregation": "count", "value_property": "$.v",
                         "dimensions": {"subject": "$.s", "1st": "$.f", "bad-name": "$.b", "same": "$.v", "path": "x",
                                        "all": "$..x", "open": "$.["}}""")
                .then()
                .statusCode(400)
                .body(
                        "extensions.validationErrors.code",
                        containsInAnyOrder(
                                "value_property_not_allowed",
                                "reserved_dimension",
                                "invalid_dimension_name",
                                "invalid_dimension_name",
                                "dimension_is_value_property",
                                "invalid_json_path",
                                "invalid_json_path",
                                "invalid_json_path"));
        api.post(METERS, """
                        {"name": "n", "key": "k", "event_type": "t", "aggregation": "avg"}""")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("value_property_required"));
    }

    @Test
    void every_fault_in_form_is_in_one_problem() {
        api.post(METERS, """
                        {"name": "", "key": "Agent-Runs", "event_type": "", "aggregation": "median", "unit": "x",
                         "labels": {"a": "-"}, "events_from": "yesterday", "dimensions": {"a": 1}}""")
                .then()
                .statusCode(400)
                .body("type", equalTo("https://kongapi.info/konnect/bad-request"))
                .body("instance", matchesPattern("urn:request:.+"))
                .body(
                        "invalid_parameters.field",
                        hasItems(
                                "name",
                                "key",
                                "event_type",
                                "aggregation",
                                "unit",
                                "labels.a",
                                "events_from",
                                "dimensions.a"))
                .body("invalid_parameters.source", not(hasItems("query")));
        api.post(METERS, "{}")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", containsInAnyOrder("name", "key", "event_type", "aggregation"));
    }

    @Test
    void labels_and_the_event_type_have_limits() {
        api.post(METERS, agentRunsMeter().replace("\"name\":", "\"labels\": {\"openmeter_x\": \"y\"}, \"name\":"))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("labels.openmeter_x"));
        api.post(METERS, agentRunsMeter().replace("\"agent_run\"", '"' + "x".repeat(257) + '"'))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("event_type"))
                .body("invalid_parameters.maximum", contains(256));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"meter\"",
                "42",
                "{\"name\": \"a\u0000b\"}",
                "{\"name\": \"\\u0000\"}",
                "{} {}",
                "{\"name\": 1e999999999}",
                "{\"name\": \"m\", \"key\": \"m\\n\", \"event_type\": \"e\", \"aggregation\": \"count\"}"
            })
    void what_is_no_meter_is_answered_with_a_problem(String body) {
        api.post(METERS, body).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void json_that_nests_without_end_is_answered_with_a_problem() {
        api.post(METERS, "{\"dimensions\":".repeat(20_000) + "{}" + "}".repeat(20_000))
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    @Timeout(20)
    void text_of_any_length_is_answered_with_a_problem_at_once() {
        String label = "a".repeat(950) + "!";
        String labels = IntStream.range(0, 4_000)
                .mapToObj(number -> "\"l" + number + "\": \"" + label + '"')
                .collect(Collectors.joining(", "));
        api.post(METERS, """
                        {"name": "m", "key": "%s", "event_type": "e", "aggregation": "count",
                         "labels": {%s}}""".formatted("a" + "_a".repeat(20_000), labels))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", hasItems("key", "labels", "labels.l3999"));
    }

    @ParameterizedTest
    @ValueSource(strings = {METERS, FEATURES, "/access-tokens", "/meter-templates"})
    void answers_are_json_or_problems(String path) {
        given().auth()
                .oauth2(api.token())
                .accept("application/xml")
                .get("/v3/openmeter" + path)
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
        given().auth()
                .oauth2(api.token())
                .accept("text/html,application/xml;q=0.9,*/*;q=0.8")
                .get("/v3/openmeter" + path)
                .then()
                .statusCode(200)
                .contentType("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {METERS, FEATURES, "/access-tokens"})
    void bodies_are_json(String path) {
        given().auth()
                .oauth2(api.token())
                .contentType("text/plain")
                .body(agentRunsMeter())
                .post("/v3/openmeter" + path)
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    // ------------------------------------------------------------------ keys

    @Test
    void a_key_belongs_to_one_living_meter() {
        String id = api.create(METERS, agentRunsMeter());
        api.post(METERS, agentRunsMeter())
                .then()
                .statusCode(409)
                .body("type", equalTo("https://kongapi.info/konnect/resource-conflict"))
                .body("detail", containsString("agent_runs_total"));
        Api.of(Namespaces.fresh()).post(METERS, agentRunsMeter()).then().statusCode(201);
        api.delete(METERS + "/" + id).then().statusCode(204);
        api.post(METERS, agentRunsMeter()).then().statusCode(201);
    }

    @Test
    void of_meters_with_one_key_that_are_made_at_once_one_stays() throws Exception {
        Callable<Integer> create = () -> api.post(METERS, agentRunsMeter()).statusCode();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Integer> statuses = threads.invokeAll(List.of(create, create, create, create)).stream()
                    .map(response -> response.resultNow())
                    .toList();
            assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        }
    }

    // ------------------------------------------------------------------ update

    @Test
    void what_an_update_leaves_out_stays() {
        Response created = api.post(METERS, tokensMeter());
        String path = METERS + "/" + created.path("id");
        Response renamed = api.put(path, """
                {"name": "All tokens", "labels": {"a": "b"}}""");
        renamed.then()
                .statusCode(200)
                .body("name", equalTo("All tokens"))
                .body("labels.a", equalTo("b"))
                .body("dimensions.model", equalTo("$.model"))
                .body("value_property", equalTo("$.tokens"))
                .body("created_at", equalTo(created.path("created_at")));
        assertThat(Instant.parse(renamed.path("updated_at"))).isAfter(Instant.parse(created.path("updated_at")));
        api.put(path, """
                        {"description": "d", "dimensions": {"model": "$.model", "region": "$.region"}}""")
                .then()
                .body("name", equalTo("All tokens"))
                .body("labels.a", equalTo("b"))
                .body("description", equalTo("d"))
                .body("dimensions.keySet()", containsInAnyOrder("model", "region"));
        api.put(path, "{}").then().statusCode(200).body("name", equalTo("All tokens"));
        assertThat(api.get(path).<String>path("description")).isEqualTo("d");
    }

    @Test
    void everybody_is_told_of_an_update_in_order() {
        String id = api.create(METERS, tokensMeter());
        api.put(METERS + "/" + id, """
                {"name": "All tokens"}""").then().statusCode(200);
        JsonNode event = Published.event(namespace, id, "MeterUpdated");
        assertThat(event.at("/data/meter/name").asText()).isEqualTo("All tokens");
        assertThat(event.at("/sequence").asLong())
                .isGreaterThan(Published.event(namespace, id, "MeterCreated")
                        .at("/sequence")
                        .asLong());
    }

    @Test
    void what_a_meter_counts_cannot_change() {
        String id = api.create(METERS, tokensMeter());
        api.put(METERS + "/" + id, """
                        {"key": "other", "aggregation": "count", "event_type": "x", "value_property": "$.x"}""")
                .then()
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        containsInAnyOrder("key", "aggregation", "event_type", "value_property"))
                .body("invalid_parameters.rule", hasItems("unknown_property"));
        api.put(METERS + "/" + id, """
                        {"dimensions": {"customer_id": "$.c", "v": "$.tokens"}}""")
                .then()
                .statusCode(400)
                .body(
                        "extensions.validationErrors.code",
                        containsInAnyOrder("reserved_dimension", "dimension_is_value_property"));
    }

    @Test
    void a_dimension_that_a_feature_filters_by_cannot_be_dropped() {
        String id = api.create(METERS, tokensMeter());
        String feature = api.create(FEATURES, """
                {"name": "f", "key": "f", "meter": {"id": "%s", "filters": {"model": {"eq": "gpt"}}}}""".formatted(id));
        String without = """
                {"dimensions": {"type": "$.type"}}""";
        api.put(METERS + "/" + id, without)
                .then()
                .statusCode(409)
                .body("detail", containsString("feature f uses model"));
        api.put(METERS + "/" + id, """
                {"dimensions": {"model": "$.model_name"}}""").then().statusCode(200);
        api.delete(FEATURES + "/" + feature).then().statusCode(204);
        api.put(METERS + "/" + id, without).then().statusCode(200);
    }

    // ------------------------------------------------------------------ delete

    @Test
    void a_deleted_meter_is_gone_and_everybody_is_told() {
        String id = api.create(METERS, tokensMeter());
        api.delete(METERS + "/" + id).then().statusCode(204);
        Stream.of(
                        api.get(METERS + "/" + id),
                        api.delete(METERS + "/" + id),
                        api.put(METERS + "/" + id, "{}"),
                        api.get("/internal/meters/" + id))
                .forEach(response -> response.then().statusCode(404));
        api.get(METERS).then().body("data", empty());
        JsonNode event = Published.event(namespace, id, "MeterDeleted");
        assertThat(event.at("/data/meter_id").asText()).isEqualTo(id);
        assertThat(Instant.parse(event.at("/data/deleted_at").asText())).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void a_meter_with_features_cannot_be_deleted() {
        String id = api.create(METERS, tokensMeter());
        String first = api.create(FEATURES, feature("first", id));
        String second = api.create(FEATURES, feature("second", id));
        api.delete(METERS + "/" + id)
                .then()
                .statusCode(409)
                .body("detail", containsString("feature first, feature second"));
        api.delete(FEATURES + "/" + first).then().statusCode(204);
        api.delete(FEATURES + "/" + second).then().statusCode(204);
        api.delete(METERS + "/" + id).then().statusCode(204);
    }

    @Test
    void deleting_a_meter_and_making_its_feature_at_once_never_leaves_both() throws Exception {
        String id = api.create(METERS, tokensMeter());
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Integer> statuses = threads
                    .invokeAll(List.<Callable<Integer>>of(
                            () -> api.delete(METERS + "/" + id).statusCode(),
                            () -> api.post(FEATURES, feature("f", id)).statusCode()))
                    .stream()
                    .map(response -> response.resultNow())
                    .toList();
            assertThat(statuses).isIn(List.of(204, 400), List.of(409, 201));
        }
    }

    // ------------------------------------------------------------------ reading

    @Test
    void the_list_is_paged_filtered_and_sorted() {
        String runs = api.create(METERS, agentRunsMeter());
        String tokens = api.create(METERS, tokensMeter());
        String users = api.create(METERS, """
                {"name": "active users", "key": "users", "event_type": "login", "aggregation": "unique_count",
                 "value_property": "$.user"}""");
        api.get(METERS).then().body("data.id", contains(runs, tokens, users)).body("meta.page.total", equalTo(3));
        api.get(METERS, "page[size]", 2, "page[number]", 2)
                .then()
                .body("data.id", contains(users))
                .body("meta.page.number", equalTo(2))
                .body("meta.page.size", equalTo(2))
                .body("meta.page.total", equalTo(3));
        api.get(METERS, "page[number]", 9).then().statusCode(200).body("data", hasSize(0));
        api.get(METERS, "sort", "key desc").then().body("data.id", contains(users, tokens, runs));
        api.get(METERS, "sort", "aggregation").then().body("data.id", contains(runs, tokens, users));
        api.get(METERS, "filter[key]", "users").then().body("data.id", contains(users));
        api.get(METERS, "filter[key][oeq]", "users,tokens_total").then().body("data.id", contains(tokens, users));
        api.get(METERS, "filter[name][contains]", "TOK").then().body("data.id", contains(tokens));
        api.get(METERS, "filter[name][contains]", "%").then().body("data", empty());
        Stream.of(
                        api.get(METERS, "page[size]", 1_001),
                        api.get(METERS, "page[size]", 0),
                        api.get(METERS, "page[number]", "x"),
                        api.get(METERS, "sort", "event_type"),
                        api.get(METERS, "filter[event_type]", "x"),
                        api.get(METERS, "filter[key][like]", "x"))
                .forEach(response ->
                        response.then().statusCode(400).body("invalid_parameters[0].source", equalTo("query")));
    }

    @Test
    void another_tenant_sees_nothing() {
        String id = api.create(METERS, tokensMeter());
        Api stranger = Api.of(Namespaces.fresh());
        Stream.of(
                        stranger.get(METERS + "/" + id),
                        stranger.put(METERS + "/" + id, "{}"),
                        stranger.delete(METERS + "/" + id),
                        stranger.get("/internal/meters/" + id),
                        api.get(METERS + "/no-ulid"),
                        api.get(METERS + "/" + id.toLowerCase(java.util.Locale.ROOT)))
                .forEach(response -> response.then().statusCode(404).contentType("application/problem+json"));
        stranger.get(METERS).then().body("data", empty());
        api.get(METERS + "/" + id).then().statusCode(200);
    }

    @Test
    void other_services_can_ask_for_a_meter_with_any_role() {
        String id = api.create(METERS, tokensMeter());
        Api.withRoles(namespace, "billing_viewer")
                .get("/internal/meters/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("aggregation", equalTo("sum"))
                .body("dimensions.model", equalTo("$.model"));
    }
}
