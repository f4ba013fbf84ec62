package io.usance.catalog.addon;

import static io.usance.catalog.Fixtures.ADDONS;
import static io.usance.catalog.Fixtures.FEATURES;
import static io.usance.catalog.Fixtures.addon;
import static io.usance.catalog.Fixtures.agentRunsFeature;
import static io.usance.catalog.Fixtures.agentRunsRateCard;
import static io.usance.catalog.Fixtures.feature;
import static io.usance.catalog.Fixtures.fee;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.catalog.Api;
import io.usance.catalog.AtOnce;
import io.usance.testkit.Database;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class AddonTest {
    private static final String UNKNOWN = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String UPDATE = """
            {"name": "n", "instance_type": "single", "rate_cards": []}""";

    private final String namespace = Namespaces.fresh();
    private final Api api = Api.of(namespace);

    // ------------------------------------------------------------------ drafts

    @Test
    void a_new_add_on_is_a_draft_of_version_1() {
        String feature = agentRunsFeature(api);
        Response created = api.post(ADDONS, addon("more_runs", agentRunsRateCard(feature), fee("care")));
        created.then()
                .statusCode(201)
                .body("key", equalTo("more_runs"))
                .body("version", equalTo(1))
                .body("status", equalTo("draft"))
                .body("instance_type", equalTo("single"))
                .body("currency", equalTo("USD"))
                .body("effective_from", nullValue())
                .body("validation_errors", nullValue())
                .body("rate_cards.key", contains("agent_runs", "care"))
                .body("rate_cards[0].feature.id", equalTo(feature))
                .body("rate_cards[0].price.type", equalTo("unit"))
                .body("rate_cards[0].payment_term", equalTo("in_arrears"))
                .body("rate_cards[0].entitlement.type", equalTo("boolean"));
        assertThat(api.get(ADDONS + "/" + created.path("id")).asString()).isEqualTo(created.asString());
    }

    @Test
    void an_incomplete_draft_says_what_is_missing_and_cannot_be_published() {
        String support = api.create(FEATURES, feature("support"));
        String id = api.create(ADDONS, """
                {"name": "A", "key": "a", "currency": "USD", "instance_type": "multiple", "rate_cards": [
                    {"name": "S", "key": "other", "feature": {"id": "%s"}, "billing_cadence": "P2M",
                     "price": {"type": "unit", "amount": "1"}},
                    {"name": "S", "key": "other", "billing_cadence": "P3M", "currency": "EUR",
                     "price": {"type": "flat", "amount": "1"}}]}""".formatted(support));
        List<String> codes = api.get(ADDONS + "/" + id).path("validation_errors.code");
        assertThat(codes)
                .containsExactlyInAnyOrder(
                        "rate_card_key_feature_key_mismatch",
                        "usage_based_price_with_feature_and_no_meter",
                        "rate_card_duplicated_key",
                        "plan_multiple_fiat_currencies",
                        "rate_card_multiple_billing_cadence",
                        "addon_invalid_ratecard_price_for_multi_instance");

        Response refused = api.post(ADDONS + "/" + id + "/publish");
        refused.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body(
                        "extensions.validationErrors.field",
                        hasItems("rate_cards[0].key", "rate_cards[0].price", "rate_cards[1].billing_cadence"));
        assertThat(refused.<List<String>>path("extensions.validationErrors.code"))
                .containsExactlyInAnyOrderElementsOf(codes);
        api.get(ADDONS + "/" + id).then().body("status", equalTo("draft"));
    }

    @Test
    void a_draft_may_be_empty() {
        String id = api.create(ADDONS, addon("a"));
        api.get(ADDONS + "/" + id).then().body("validation_errors.code", contains("addon_has_no_rate_cards"));
        api.post(ADDONS + "/" + id + "/publish")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("addon_has_no_rate_cards"));
    }

    @Test
    void another_tenants_feature_does_not_exist() {
        String foreign = agentRunsFeature(Api.of(Namespaces.fresh()));
        api.post(ADDONS, addon("a", agentRunsRateCard(foreign)))
                .then()
                .statusCode(201)
                .body("validation_errors.code", contains("rate_card_feature_not_found"))
                .body("validation_errors.field", contains("rate_cards[0].feature"));
    }

    @Test
    void a_rate_card_may_name_its_feature_by_key() {
        String feature = agentRunsFeature(api);
        String card = """
                {"name": "Agent Runs", "key": "agent_runs", "feature": {"key": "agent_runs"}, "billing_cadence": "P1M",
                 "price": {"type": "unit", "amount": "1"}}""";
        api.post(ADDONS, addon("a", card))
                .then()
                .statusCode(201)
                .body("rate_cards[0].feature.id", equalTo(feature))
                .body("rate_cards[0].feature", not(hasKey("key")));
        api.post(ADDONS, addon("b", fee("care"), card.replace("\"agent_runs\"}", "\"agent_walks\"}")))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("rate_card_feature_not_found"))
                .body("extensions.validationErrors.field", contains("rate_cards[1].feature.key"));
    }

    @Test
    void a_currency_that_a_version_cannot_change_any_more_is_checked_when_it_is_made() {
        api.post(ADDONS, addon("a").replace("USD", "XYZ"))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("currency_not_found"))
                .body("extensions.validationErrors.field", contains("currency"));
    }

    @Test
    void an_add_on_has_one_draft_at_a_time() {
        String id = api.create(ADDONS, addon("a"));
        api.post(ADDONS, addon("a"))
                .then()
                .statusCode(409)
                .body("type", equalTo("https://kongapi.info/konnect/resource-conflict"))
                .body("detail", containsString("draft"));
        api.delete(ADDONS + "/" + id).then().statusCode(204);
        api.post(ADDONS, addon("a")).then().statusCode(201).body("version", equalTo(2));
    }

    @Test
    void drafts_that_are_made_at_once_leave_one() {
        Callable<Integer> draft = () -> api.post(ADDONS, addon("a")).statusCode();
        assertThat(AtOnce.statuses(draft, draft, draft, draft))
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
        api.get(ADDONS).then().body("data", hasSize(1));
    }

    @Test
    void a_draft_is_replaced_as_a_whole() {
        String id = api.create(ADDONS, addon("a", fee("care")).replace("\"name\": \"Extra Storage\"", """
                        "name": "Extra Storage", "description": "best", "labels": {"a": "b"}"""));
        api.put(ADDONS + "/" + id, """
                        {"name": "Less", "instance_type": "multiple", "rate_cards": []}""")
                .then()
                .statusCode(200)
                .body("name", equalTo("Less"))
                .body("instance_type", equalTo("multiple"))
                .body("description", nullValue())
                .body("labels", nullValue())
                .body("key", equalTo("a"))
                .body("currency", equalTo("USD"))
                .body("rate_cards", empty())
                .body("validation_errors.code", contains("addon_has_no_rate_cards"));
        api.put(ADDONS + "/" + id, """
                        {"name": "Less", "key": "b", "instance_type": "several"}""")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", containsInAnyOrder("key", "instance_type", "rate_cards"));
    }

    // ------------------------------------------------------------------ publishing

    @Test
    void a_published_add_on_is_active_at_once() {
        String id = api.create(ADDONS, addon("a", fee("care")));
        api.post(ADDONS + "/" + id + "/publish")
                .then()
                .statusCode(200)
                .body("status", equalTo("active"))
                .body("effective_from", notNullValue())
                .body("effective_to", nullValue())
                .body("validation_errors", nullValue());
        api.get(ADDONS + "/" + id).then().body("status", equalTo("active"));
    }

    @Test
    void publishing_the_next_version_archives_the_one_before() {
        String first = published("a");
        Response draft = api.post(ADDONS, addon("a", fee("care")));
        draft.then().statusCode(201).body("version", equalTo(2));
        String second = draft.path("id");
        api.get(ADDONS + "/" + first).then().body("status", equalTo("active"));

        String since = api.post(ADDONS + "/" + second + "/publish").path("effective_from");
        api.get(ADDONS + "/" + first).then().body("status", equalTo("archived")).body("effective_to", equalTo(since));
        api.get(ADDONS + "/" + second).then().body("status", equalTo("active"));
    }

    @Test
    void of_publishes_at_once_one_wins() {
        String first = published("a");
        String second = api.create(ADDONS, addon("a", fee("care")));
        Callable<Integer> publish =
                () -> api.post(ADDONS + "/" + second + "/publish").statusCode();
        assertThat(AtOnce.statuses(publish, publish, publish, publish))
                .containsOnlyOnce(200)
                .containsOnly(200, 400);
        assertThat(Database.count(
                        "select count(*) from catalog.addon where namespace = ? and effective_to is null", namespace))
                .isEqualTo(1);
        api.get(ADDONS + "/" + first).then().body("status", equalTo("archived"));
    }

    @Test
    void archiving_and_publishing_the_next_at_once_leave_one_active_version() {
        String first = published("a");
        String second = api.create(ADDONS, addon("a", fee("care")));
        List<Integer> statuses = AtOnce.statuses(
                () -> api.post(ADDONS + "/" + first + "/archive").statusCode(),
                () -> api.post(ADDONS + "/" + second + "/publish").statusCode());
        assertThat(statuses.get(1)).isEqualTo(200);
        assertThat(statuses.get(0)).isIn(200, 400);
        api.get(ADDONS + "/" + first).then().body("status", equalTo("archived"));
        api.get(ADDONS + "/" + second).then().body("status", equalTo("active"));
    }

    @Test
    void a_published_add_on_cannot_be_published_changed_or_deleted() {
        String id = published("a");
        api.post(ADDONS + "/" + id + "/publish")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("addon_invalid_status_for_publish"))
                .body("extensions.validationErrors.field", contains("status"))
                .body("detail", containsString("add-on a version 1 is active"));
        Stream.of(api.put(ADDONS + "/" + id, UPDATE), api.delete(ADDONS + "/" + id))
                .forEach(response -> response.then()
                        .statusCode(400)
                        .body("extensions.validationErrors.code", contains("addon_invalid_status"))
                        .body("detail", containsString("add-on a version 1 is active")));
    }

    @Test
    void an_archived_add_on_can_be_deleted_and_shows_that_it_was() {
        String id = published("a");
        api.post(ADDONS + "/" + id + "/archive").then().statusCode(200).body("status", equalTo("archived"));
        api.post(ADDONS + "/" + id + "/archive")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("addon_invalid_status"));
        api.delete(ADDONS + "/" + id).then().statusCode(204);
        api.delete(ADDONS + "/" + id).then().statusCode(204);
        api.get(ADDONS + "/" + id).then().statusCode(200).body("deleted_at", notNullValue());
        api.get(ADDONS).then().body("data", empty());
        api.put(ADDONS + "/" + id, UPDATE)
                .then()
                .statusCode(410)
                .body("type", equalTo("https://kongapi.info/konnect/gone"));
        api.post(ADDONS + "/" + id + "/publish").then().statusCode(400);
    }

    @Test
    void a_draft_cannot_be_archived() {
        String id = api.create(ADDONS, addon("a"));
        api.post(ADDONS + "/" + id + "/archive")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("addon_invalid_status"));
    }

    // ------------------------------------------------------------------ features

    @Test
    void a_feature_that_is_archived_meanwhile_blocks_publishing() {
        String feature = agentRunsFeature(api);
        String id = api.create(ADDONS, addon("a", agentRunsRateCard(feature)));
        api.delete(FEATURES + "/" + feature).then().statusCode(204);
        api.post(ADDONS + "/" + id + "/publish")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("rate_card_feature_archived"));
    }

    @Test
    void a_feature_of_an_active_add_on_cannot_be_archived() {
        String feature = agentRunsFeature(api);
        String id = api.create(ADDONS, addon("a", agentRunsRateCard(feature)));
        api.post(ADDONS + "/" + id + "/publish").then().statusCode(200);
        api.delete(FEATURES + "/" + feature)
                .then()
                .statusCode(409)
                .body("detail", containsString("add-on a version 1"));
        api.post(ADDONS + "/" + id + "/archive").then().statusCode(200);
        api.delete(FEATURES + "/" + feature).then().statusCode(204);
    }

    @Test
    void archiving_a_feature_and_publishing_its_add_on_at_once_never_leaves_both() {
        String feature = agentRunsFeature(api);
        String id = api.create(ADDONS, addon("a", agentRunsRateCard(feature)));
        List<Integer> statuses = AtOnce.statuses(
                () -> api.post(ADDONS + "/" + id + "/publish").statusCode(),
                () -> api.delete(FEATURES + "/" + feature).statusCode());
        assertThat(statuses).isIn(List.of(200, 409), List.of(400, 204));
    }

    // ------------------------------------------------------------------ reading

    @Test
    void the_list_is_paged_filtered_and_sorted() {
        String active = published("a");
        String draft = api.create(ADDONS, addon("a", fee("care")).replace("Extra Storage", "Next"));
        String archived = api.create(ADDONS, addon("b", fee("care")).replace("USD", "EUR"));
        api.post(ADDONS + "/" + archived + "/publish").then().statusCode(200);
        api.post(ADDONS + "/" + archived + "/archive").then().statusCode(200);

        api.get(ADDONS)
                .then()
                .body("data.id", contains(active, draft, archived))
                .body("meta.page.total", equalTo(3));
        api.get(ADDONS, "page[size]", 2, "page[number]", 2).then().body("data.id", contains(archived));
        api.get(ADDONS, "sort", "name desc", "page[size]", 1).then().body("data.id", contains(draft));
        api.get(ADDONS, "sort", "id desc").then().body("data", hasSize(3));
        api.get(ADDONS, "filter[id]", draft).then().body("data.id", contains(draft));
        api.get(ADDONS, "filter[id][oeq]", draft + "," + active).then().body("data.id", contains(active, draft));
        api.get(ADDONS, "filter[status]", "draft").then().body("data.id", contains(draft));
        api.get(ADDONS, "filter[status][eq]", "active").then().body("data.id", contains(active));
        api.get(ADDONS, "filter[status][oeq]", "active,archived").then().body("data.id", contains(active, archived));
        api.get(ADDONS, "filter[status][neq]", "active").then().body("data.id", contains(draft, archived));
        api.get(ADDONS, "filter[currency]", "EUR").then().body("data.id", contains(archived));
        api.get(ADDONS, "filter[key]", "a", "filter[name][contains]", "nex")
                .then()
                .body("data.id", contains(draft));
        api.get(ADDONS, "filter[status]", "scheduled")
                .then()
                .statusCode(400)
                .body("invalid_parameters[0].field", equalTo("filter[status]"))
                .body("invalid_parameters[0].choices", contains("draft", "active", "archived"));
        api.get(ADDONS, "filter[instance_type]", "single").then().statusCode(400);
        api.get(ADDONS, "sort", "version").then().statusCode(400);
    }

    @Test
    void another_tenant_sees_nothing() {
        String id = published("a");
        Api stranger = Api.of(Namespaces.fresh());
        Stream.of(
                        stranger.get(ADDONS + "/" + id),
                        stranger.delete(ADDONS + "/" + id),
                        stranger.post(ADDONS + "/" + id + "/archive"),
                        stranger.post(ADDONS + "/" + id + "/publish"),
                        stranger.put(ADDONS + "/" + id, UPDATE),
                        api.get(ADDONS + "/" + UNKNOWN),
                        api.get(ADDONS + "/no-id"))
                .forEach(response -> response.then().statusCode(404));
        stranger.get(ADDONS).then().body("data", empty());
        stranger.post(ADDONS, addon("a")).then().statusCode(201).body("version", equalTo(1));
    }

    // ------------------------------------------------------------------ odd bodies

    @Test
    void every_fault_in_form_is_in_one_problem_with_its_path() {
        api.post(ADDONS, """
                        {"name": "", "key": "No Key", "currency": "$", "instance_type": "some", "version": 7,
                         "rate_cards": [{"name": "r", "key": "r"},
                            {"name": "r", "key": "r", "price": {"type": "unit", "amount": 1}}]}""")
                .then()
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        hasItems(
                                "name",
                                "key",
                                "instance_type",
                                "version",
                                "rate_cards[0].price",
                                "rate_cards[1].price.amount"));
    }

    @Test
    void labels_are_checked_on_every_level() {
        api.post(ADDONS, """
                        {"name": "n", "key": "k", "currency": "USD", "instance_type": "single",
                         "labels": {"kong_x": "y"}, "rate_cards": [
                            {"name": "r", "key": "r", "labels": {"openmeter_b": "c"}, "price": {"type": "free"}}]}""")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("labels.kong_x", "rate_cards[0].labels.openmeter_b"));
    }

    @Test
    void there_is_a_limit_on_rate_cards() {
        String[] cards = Collections.nCopies(101, fee("care")).toArray(String[]::new);
        api.post(ADDONS, addon("a", cards))
                .then()
                .statusCode(400)
                .body("invalid_parameters[0].field", equalTo("rate_cards"))
                .body("invalid_parameters[0].maximum", equalTo(AddonIntake.RATE_CARDS_MAX));
    }

    // ------------------------------------------------------------------

    /** The next version of an add-on, published; its id. */
    private String published(String key) {
        String id = api.create(ADDONS, addon(key, fee("care")));
        api.post(ADDONS + "/" + id + "/publish").then().statusCode(200);
        return id;
    }
}
