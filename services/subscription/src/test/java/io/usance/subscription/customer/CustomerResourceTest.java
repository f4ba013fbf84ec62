package io.usance.subscription.customer;

import static io.usance.subscription.Api.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.usance.subscription.Api;
import io.usance.subscription.CatalogServer;
import io.usance.subscription.PlanBuilder;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(CatalogServer.class)
class CustomerResourceTest {
    private static final String UNKNOWN = "01J8ZV4QXKPG1N6FSM8T4B7C9D";

    private final Api api = new Api(Namespaces.fresh());

    @Test
    void a_customer_is_created_with_everything_that_is_known_of_it_and_can_be_read() {
        Map<String, Object> body = Map.of(
                "key",
                "acme-inc",
                "name",
                "Acme Inc",
                "description",
                "Makes everything",
                "labels",
                Map.of("team", "a"),
                "usage_attribution",
                Map.of("subject_keys", List.of("acme-b", "acme-a", "acme-b")),
                "primary_email",
                "billing@acme.example",
                "currency",
                "EUR",
                "billing_address",
                Map.of(
                        "country",
                        "DE",
                        "postal_code",
                        "10115",
                        "state",
                        "BE",
                        "city",
                        "Berlin",
                        "line1",
                        "Way 1",
                        "line2",
                        "Door 2",
                        "phone_number",
                        "+49 30 1"));

        ValidatableResponse created = api.post(CUSTOMERS, body).statusCode(201);
        String id = created.extract().path("id");
        for (ValidatableResponse shown :
                List.of(created, api.get(CUSTOMERS + "/" + id).statusCode(200))) {
            shown.contentType("application/json")
                    .body("id", matchesPattern("[0-7][0-9A-HJKMNP-TV-Z]{25}"))
                    .body("key", equalTo("acme-inc"))
                    .body("name", equalTo("Acme Inc"))
                    .body("description", equalTo("Makes everything"))
                    .body("labels", equalTo(Map.of("team", "a")))
                    .body("usage_attribution.subject_keys", contains("acme-b", "acme-a"))
                    .body("primary_email", equalTo("billing@acme.example"))
                    .body("currency", equalTo("EUR"))
                    .body("billing_address", equalTo(body.get("billing_address")))
                    .body("created_at", matchesPattern("\\d{4}-.*Z"))
                    .body("updated_at", equalTo(shown.extract().path("created_at")))
                    .body("deleted_at", nullValue());
        }
        assertThat(api.get(CUSTOMERS + "/" + id).extract().asString())
                .isEqualTo(created.extract().asString());
    }

    @Test
    void a_customer_needs_a_key_and_a_name_only() {
        api.post(CUSTOMERS, Map.of("key", "acme-inc", "name", "Acme Inc"))
                .statusCode(201)
                .body("usage_attribution.subject_keys", empty())
                .body("description", nullValue())
                .body("labels", nullValue())
                .body("currency", nullValue());
    }

    @Test
    void the_camel_case_of_the_guides_is_taken_for_subject_keys() {
        api.post(CUSTOMERS, Map.of("key", "a", "name", "A", "usageAttribution", Map.of("subjectKeys", List.of("s1"))))
                .statusCode(201)
                .body("usage_attribution.subject_keys", contains("s1"));
        api.post(CUSTOMERS, Map.of("key", "b", "name", "B", "usage_attribution", Map.of("subjectKeys", List.of("s2"))))
                .statusCode(201)
                .body("usage_attribution.subject_keys", contains("s2"));
    }

    @Test
    void every_fault_of_the_schema_is_in_one_problem() {
        Map<String, Object> body = new HashMap<>();
        body.put("name", "");
        body.put("key", "k".repeat(257));
        body.put("description", "d".repeat(1_025));
        body.put("labels", Map.of("a", "not good!"));
        body.put("usage_attribution", Map.of("subject_keys", List.of("")));
        body.put("primary_email", 1);
        body.put("currency", "usd");
        body.put("billing_address", Map.of("country", "Germany"));
        body.put("color", "red");

        api.post(CUSTOMERS, body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", endsWith("/bad-request"))
                .body("status", equalTo(400))
                .body("instance", matchesPattern("urn:request:.+"))
                .body("invalid_parameters.find { it.field == 'name' }.rule", equalTo("min_length"))
                .body("invalid_parameters.find { it.field == 'name' }.minimum", equalTo(1))
                .body("invalid_parameters.find { it.field == 'key' }.rule", equalTo("max_length"))
                .body("invalid_parameters.find { it.field == 'description' }.maximum", equalTo(1_024))
                .body("invalid_parameters.find { it.field == 'labels.a' }.rule", equalTo("matches_regex"))
                .body(
                        "invalid_parameters.find { it.field == 'usage_attribution.subject_keys[0]' }.rule",
                        equalTo("min_length"))
                .body("invalid_parameters.find { it.field == 'primary_email' }.rule", equalTo("is_string"))
                .body("invalid_parameters.find { it.field == 'currency' }.rule", equalTo("matches_regex"))
                .body("invalid_parameters.field", hasItem("billing_address.country"))
                .body("invalid_parameters.find { it.field == 'color' }.rule", equalTo("unknown_property"))
                .body("invalid_parameters.source.unique()", contains("body"));
    }

    @Test
    void every_fault_that_the_schema_cannot_express_is_in_one_problem() {
        Map<String, Object> body = Map.of(
                "name",
                "A",
                "key",
                "a",
                "labels",
                Map.of("kong_x", "a", "ok", "b", "-", "c"),
                "usage_attribution",
                Map.of("subject_keys", List.of("s", "s".repeat(1_025))),
                "primary_email",
                "e".repeat(321),
                "currency",
                "ABC",
                "billing_address",
                Map.of("city", "c".repeat(257)));

        api.post(CUSTOMERS, body)
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        containsInAnyOrder(
                                "labels.kong_x",
                                "labels.-",
                                "usage_attribution.subject_keys[1]",
                                "primary_email",
                                "currency",
                                "billing_address.city"));
    }

    @Test
    void required_fields_are_named() {
        api.post(CUSTOMERS, Map.of())
                .statusCode(400)
                .body("invalid_parameters.field", containsInAnyOrder("name", "key"))
                .body("invalid_parameters.rule.unique()", contains("required"));
    }

    @Test
    void a_customer_has_at_most_a_thousand_subject_keys() {
        api.post(CUSTOMERS, withSubjectKeys("a", subjects(1_000)))
                .statusCode(201)
                .body("usage_attribution.subject_keys", hasSize(1_000));
        api.post(CUSTOMERS, withSubjectKeys("b", subjects(1_001)))
                .statusCode(400)
                .body("invalid_parameters[0].field", equalTo("usage_attribution.subject_keys"))
                .body("invalid_parameters[0].rule", equalTo("max_items"))
                .body("invalid_parameters[0].maximum", equalTo(1_000));
    }

    @Test
    void a_subject_key_has_at_most_as_many_bytes_as_an_events_subject() {
        String ideographs = new Random(1)
                .ints(1_024, 0x4E00, 0x9FA5)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        api.post(CUSTOMERS, withSubjectKeys("a", List.of(ideographs.substring(0, 341))))
                .statusCode(201);
        api.post(CUSTOMERS, withSubjectKeys("b", List.of("s", ideographs)))
                .statusCode(400)
                .body("invalid_parameters[0].field", equalTo("usage_attribution.subject_keys[1]"))
                .body("invalid_parameters[0].rule", equalTo("max_length"))
                .body("invalid_parameters[0].maximum", equalTo(1_024));
        api.post(CUSTOMERS, withSubjectKeys("c", List.of(ideographs.substring(0, 342))))
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "42",
                "\"text\"",
                "{",
                "{\"key\": \"a\", \"name\": \"A\"} {}",
                "{\"key\": \"a\\u0000b\", \"name\": \"A\"}",
                "{\"key\": \"a\", \"name\": \"A\", \"currency\": 1e999999999}",
                "{\"key\": \"\\ud83d\", \"name\": \"A\"}",
                "{\"key\": \"a\", \"name\": \"A\", \"labels\": null}",
                "{\"key\": \"a\", \"name\": \"A\", \"billing_address\": []}",
                "{\"key\": {\"a\": 1}, \"name\": \"A\"}"
            })
    void an_odd_body_is_refused_with_a_problem(String body) {
        api.call()
                .contentType(ContentType.JSON)
                .body(body)
                .post(CUSTOMERS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("invalid_parameters", notNullValue());
    }

    @Test
    void a_body_nested_a_thousand_times_is_refused() {
        String nested = "[".repeat(1_000) + "]".repeat(1_000);
        api.call()
                .contentType(ContentType.JSON)
                .body("{\"key\": \"a\", \"name\": " + nested + "}")
                .post(CUSTOMERS)
                .then()
                .statusCode(400);
    }

    @Test
    void another_media_type_is_refused() {
        api.call()
                .contentType("text/plain")
                .body("{\"key\": \"a\", \"name\": \"A\"}")
                .post(CUSTOMERS)
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void odd_characters_in_keys_are_kept() {
        for (String key : List.of("ключ", "a b", "a/b", "50%_\\", "'; drop table customer; --", "😀", "{\"a\":1}")) {
            api.post(CUSTOMERS, withSubjectKeys(key, List.of(key + "-s")))
                    .statusCode(201)
                    .body("key", equalTo(key))
                    .body("usage_attribution.subject_keys", contains(key + "-s"));
            api.call().queryParam("filter[key]", key).get(CUSTOMERS).then().body("data.key", contains(key));
        }
    }

    @Test
    void a_name_is_found_by_a_part_of_it_in_any_case_and_script() {
        api.customer(Map.of("key", "acme", "name", "\u039f\u0394\u039f\u03a3 \u00c4rger"));

        for (String part : List.of("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c3", "\u00e4RGER")) {
            api.call()
                    .queryParam("filter[name][contains]", part)
                    .get(CUSTOMERS)
                    .then()
                    .statusCode(200)
                    .body("data.key", contains("acme"));
        }
    }

    @Test
    void a_field_that_is_given_twice_is_refused() {
        api.call()
                .contentType(ContentType.JSON)
                .body("{\"name\": \"Acme\", \"key\": \"a\", \"key\": \"b\"}")
                .post(CUSTOMERS)
                .then()
                .statusCode(400)
                .body("invalid_parameters[0].reason", containsString("Duplicate field 'key'"));
    }

    @Test
    void unknown_malformed_and_foreign_ids_are_not_found() {
        String foreign = new Api(Namespaces.fresh()).customer("foreign");

        for (String id :
                List.of(UNKNOWN, foreign, "nonsense", UNKNOWN.toLowerCase(java.util.Locale.ROOT), "%00", "a%2Fb")) {
            for (ValidatableResponse answer : List.of(
                    api.call()
                            .urlEncodingEnabled(false)
                            .get(CUSTOMERS + "/" + id)
                            .then(),
                    api.call()
                            .urlEncodingEnabled(false)
                            .contentType(ContentType.JSON)
                            .body(Map.of("name", "A"))
                            .put(CUSTOMERS + "/" + id)
                            .then(),
                    api.call()
                            .urlEncodingEnabled(false)
                            .delete(CUSTOMERS + "/" + id)
                            .then())) {
                answer.statusCode(404).contentType("application/problem+json").body("type", endsWith("/not-found"));
            }
        }
    }

    @Test
    void a_subject_is_at_most_one_customers_as_key_id_or_subject_key() {
        String acme = api.customer(withSubjectKeys("acme", List.of("acme-eu")));

        conflict(withSubjectKeys("acme", List.of()), "'acme' belongs to customer " + acme + " already, as its key");
        conflict(withSubjectKeys("acme-eu", List.of()), "as one of its subject keys");
        conflict(withSubjectKeys("b", List.of("acme")), "as its key");
        conflict(withSubjectKeys("b", List.of("x", "acme-eu")), "'acme-eu' belongs to customer " + acme);
        conflict(withSubjectKeys("b", List.of(acme)), "as its id");
        conflict(withSubjectKeys(acme, List.of()), "as its id");
        api.customer(withSubjectKeys("b", List.of("b")));
    }

    @Test
    void a_refused_customer_leaves_no_claim_behind() {
        api.customer(withSubjectKeys("acme", List.of()));
        conflict(withSubjectKeys("b", List.of("acme", "wanted")), "acme");

        api.customer(withSubjectKeys("c", List.of("b", "wanted")));
    }

    @Test
    void subjects_of_other_tenants_do_not_matter() {
        new Api(Namespaces.fresh()).customer(withSubjectKeys("acme", List.of("s")));
        api.customer(withSubjectKeys("acme", List.of("s")));
    }

    @Test
    void an_update_replaces_everything_but_the_key() {
        String id = api.customer(Map.of(
                "key",
                "acme",
                "name",
                "Acme",
                "description",
                "d",
                "labels",
                Map.of("a", "b"),
                "usage_attribution",
                Map.of("subject_keys", List.of("s1", "s2")),
                "primary_email",
                "a@b.c",
                "currency",
                "USD",
                "billing_address",
                Map.of("city", "Rome")));

        api.put(
                        CUSTOMERS + "/" + id,
                        Map.of(
                                "name",
                                "Acme II",
                                "currency",
                                "EUR",
                                "usage_attribution",
                                Map.of("subject_keys", List.of("s2", "s3"))))
                .statusCode(200)
                .body("name", equalTo("Acme II"))
                .body("key", equalTo("acme"))
                .body("currency", equalTo("EUR"))
                .body("usage_attribution.subject_keys", contains("s2", "s3"));
        api.put(CUSTOMERS + "/" + id, Map.of("name", "Acme III"))
                .statusCode(200)
                .body("name", equalTo("Acme III"))
                .body("key", equalTo("acme"))
                .body("description", nullValue())
                .body("labels", nullValue())
                .body("primary_email", nullValue())
                .body("currency", nullValue())
                .body("billing_address", nullValue())
                .body("usage_attribution.subject_keys", empty());
        assertThat(api.get(CUSTOMERS + "/" + id).extract().<String>path("updated_at"))
                .isGreaterThan(api.get(CUSTOMERS + "/" + id).extract().path("created_at"));
    }

    @Test
    void an_update_cannot_name_the_key() {
        String id = api.customer("acme");

        api.put(CUSTOMERS + "/" + id, Map.of("name", "A", "key", "other"))
                .statusCode(400)
                .body("invalid_parameters[0].field", equalTo("key"))
                .body("invalid_parameters[0].rule", equalTo("unknown_property"));
    }

    @Test
    void subject_keys_that_an_update_gives_back_are_free_and_those_of_others_are_refused() {
        String acme = api.customer(withSubjectKeys("acme", List.of("s1", "s2")));
        api.customer(withSubjectKeys("b", List.of("taken")));

        api.put(
                        CUSTOMERS + "/" + acme,
                        Map.of("name", "A", "usage_attribution", Map.of("subject_keys", List.of("s1", "taken"))))
                .statusCode(409)
                .body("detail", containsString("'taken'"));
        api.get(CUSTOMERS + "/" + acme).body("usage_attribution.subject_keys", contains("s1", "s2"));
        api.put(CUSTOMERS + "/" + acme, Map.of("name", "A", "usage_attribution", Map.of("subject_keys", List.of("s1"))))
                .statusCode(200);
        api.customer(withSubjectKeys("c", List.of("s2")));
        conflict(withSubjectKeys("d", List.of("s1")), "'s1'");
    }

    @Test
    void a_deleted_customer_is_shown_by_id_only_and_cannot_be_changed() {
        String id = api.customer(withSubjectKeys("acme", List.of("s")));
        api.delete(CUSTOMERS + "/" + id).statusCode(204);

        api.get(CUSTOMERS + "/" + id).statusCode(200).body("deleted_at", notNullValue());
        api.get(CUSTOMERS).body("data", empty()).body("meta.page.total", equalTo(0));
        api.put(CUSTOMERS + "/" + id, Map.of("name", "A"))
                .statusCode(410)
                .contentType("application/problem+json")
                .body("type", endsWith("/gone"));
        String deletedAt = api.get(CUSTOMERS + "/" + id).extract().path("deleted_at");
        api.delete(CUSTOMERS + "/" + id).statusCode(204);
        api.get(CUSTOMERS + "/" + id).body("deleted_at", equalTo(deletedAt));
    }

    @Test
    void what_a_deleted_customer_claimed_is_free() {
        String id = api.customer(withSubjectKeys("acme", List.of("s")));
        api.delete(CUSTOMERS + "/" + id).statusCode(204);

        api.customer(withSubjectKeys("acme", List.of("s", id)));
    }

    @Test
    void a_customer_cannot_be_deleted_while_it_is_subscribed() {
        CatalogServer.publish(api.namespace(), PlanBuilder.aPlan("premium").build());
        String id = api.customer("acme");
        String subscription = api.subscribe(id, "premium");

        api.delete(CUSTOMERS + "/" + id)
                .statusCode(412)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("extensions.validationErrors[0].code", equalTo("deleting_customer_with_active_subscriptions"))
                .body("extensions.validationErrors[0].subscription_ids", contains(subscription));
        api.get(CUSTOMERS + "/" + id).body("deleted_at", nullValue());

        api.post(Api.SUBSCRIPTIONS + "/" + subscription + "/cancel", Map.of()).statusCode(200);
        api.delete(CUSTOMERS + "/" + id).statusCode(204);
    }

    @Test
    void a_list_is_sorted_by_name_and_comes_in_pages() {
        for (String name : List.of("c", "a", "d", "b")) {
            api.customer(Map.of("key", "key-" + name, "name", name));
        }

        api.get(CUSTOMERS)
                .statusCode(200)
                .body("data.name", contains("a", "b", "c", "d"))
                .body("meta.page.number", equalTo(1))
                .body("meta.page.size", equalTo(20))
                .body("meta.page.total", equalTo(4));
        list("page[size]", "3", "page[number]", "2")
                .body("data.name", contains("d"))
                .body("meta.page.total", equalTo(4));
        list("page[size]", "3", "page[number]", "3").body("data", empty());
        list("sort", "name desc").body("data.name", contains("d", "c", "b", "a"));
        list("sort", "created_at").body("data.name", contains("c", "a", "d", "b"));
        list("sort", "id desc").body("data.name", contains("b", "d", "a", "c"));
    }

    @Test
    void a_list_can_be_filtered() {
        api.customer(Map.of(
                "key",
                "acme-inc",
                "name",
                "Acme Inc",
                "primary_email",
                "pay@acme.example",
                "usage_attribution",
                Map.of("subject_keys", List.of("acme-eu", "acme-us"))));
        api.customer(Map.of("key", "beta", "name", "Beta", "primary_email", "pay@beta.example"));
        api.customer(Map.of(
                "key", "gamma", "name", "Gamma", "usage_attribution", Map.of("subject_keys", List.of("gamma-eu"))));

        filtered("filter[key]", "acme-inc").body("data.key", contains("acme-inc"));
        filtered("filter[key][neq]", "acme-inc").body("data.key", contains("beta", "gamma"));
        filtered("filter[key][oeq]", "beta,gamma").body("data.key", contains("beta", "gamma"));
        filtered("filter[name][contains]", "ME INC").body("data.key", contains("acme-inc"));
        filtered("filter[primary_email][exists]", "false").body("data.key", contains("gamma"));
        filtered("filter[primary_email][ocontains]", "beta,acme").body("data.key", contains("acme-inc", "beta"));
        filtered("filter[usage_attribution_subject_key]", "acme-us").body("data.key", contains("acme-inc"));
        filtered("filter[usage_attribution_subject_key][contains]", "-EU")
                .body("data.key", contains("acme-inc", "gamma"))
                .body("meta.page.total", equalTo(2));
        filtered("filter[usage_attribution_subject_key][neq]", "acme-eu").body("data.key", contains("beta", "gamma"));
        filtered("filter[usage_attribution_subject_key][exists]", "false").body("data.key", contains("beta"));
        filtered("filter[usage_attribution_subject_key]", "acme-inc").body("data", empty());
        filtered("filter[billing_profile_id]", UNKNOWN).body("data", empty());
        filtered("filter[billing_profile_id][neq]", UNKNOWN).body("data", hasSize(3));
    }

    @Test
    void a_list_can_be_filtered_by_the_plan_that_a_customer_is_subscribed_to_now() {
        CatalogServer.publish(api.namespace(), PlanBuilder.aPlan("premium").build());
        CatalogServer.publish(api.namespace(), PlanBuilder.aPlan("basic").build());
        String acme = api.customer("acme");
        String beta = api.customer("beta");
        api.customer("gamma");
        api.subscribe(acme, "premium");
        String over = api.subscribe(beta, "premium");
        api.post(Api.SUBSCRIPTIONS + "/" + over + "/cancel", Map.of()).statusCode(200);
        api.subscribe(beta, "basic");

        filtered("filter[plan_key]", "premium").body("data.key", contains("acme"));
        filtered("filter[plan_key]", "basic").body("data.key", contains("beta"));
        filtered("filter[plan_key][neq]", "premium").body("data.key", contains("beta", "gamma"));
        filtered("filter[plan_key][exists]", "true").body("data.key", contains("acme", "beta"));
    }

    @Test
    void wrong_list_parameters_are_all_named_in_one_problem() {
        list("page[size]", "0", "sort", "updated_at", "filter[color]", "red", "filter[key][like]", "a")
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        containsInAnyOrder("page[size]", "sort", "filter[color]", "filter[key][like]"))
                .body("invalid_parameters.source.unique()", contains("query"));
        list("filter[billing_profile_id]", "nonsense").statusCode(400);
    }

    private void conflict(Map<String, ?> body, String detail) {
        api.post(CUSTOMERS, body)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", endsWith("/resource-conflict"))
                .body("detail", containsString(detail));
    }

    private ValidatableResponse filtered(String name, String value) {
        return list(name, value).statusCode(200);
    }

    private ValidatableResponse list(String... namesAndValues) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return api.call().queryParams(parameters).get(CUSTOMERS).then();
    }

    private static Map<String, Object> withSubjectKeys(String key, List<String> subjectKeys) {
        return Map.of("key", key, "name", "Customer " + key, "usage_attribution", Map.of("subject_keys", subjectKeys));
    }

    private static List<String> subjects(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "subject-" + i)
                .collect(Collectors.collectingAndThen(Collectors.toList(), list -> {
                    Collections.reverse(list);
                    return list;
                }));
    }
}
