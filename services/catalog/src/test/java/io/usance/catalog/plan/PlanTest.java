package io.usance.catalog.plan;

import static io.usance.catalog.Fixtures.CUSTOM_CURRENCIES;
import static io.usance.catalog.Fixtures.FEATURES;
import static io.usance.catalog.Fixtures.PLANS;
import static io.usance.catalog.Fixtures.TAX_CODES;
import static io.usance.catalog.Fixtures.agentRunsFeature;
import static io.usance.catalog.Fixtures.agentRunsRateCard;
import static io.usance.catalog.Fixtures.customCurrency;
import static io.usance.catalog.Fixtures.feature;
import static io.usance.catalog.Fixtures.plan;
import static io.usance.catalog.Fixtures.taxCode;
import static io.usance.catalog.Fixtures.taxedRateCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.catalog.Api;
import io.usance.catalog.AtOnce;
import io.usance.catalog.Published;
import io.usance.testkit.Database;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class PlanTest {
    private static final String UNKNOWN = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final String namespace = Namespaces.fresh();
    private final Api api = Api.of(namespace);

    // ------------------------------------------------------------------ drafts

    @Test
    void a_new_plan_is_a_draft_of_version_1() {
        String feature = agentRunsFeature(api);
        Response created = api.post(PLANS, plan("premium_plan", agentRunsRateCard(feature)));
        created.then()
                .statusCode(201)
                .body("key", equalTo("premium_plan"))
                .body("version", equalTo(1))
                .body("status", equalTo("draft"))
                .body("currency", equalTo("USD"))
                .body("billing_cadence", equalTo("P1M"))
                .body("pro_rating_enabled", equalTo(true))
                .body("settlement_mode", equalTo("credit_then_invoice"))
                .body("effective_from", nullValue())
                .body("validation_errors", nullValue())
                .body("phases[0].rate_cards[0].feature.id", equalTo(feature))
                .body("phases[0].rate_cards[0].price.type", equalTo("unit"))
                .body("phases[0].rate_cards[0].price.amount", equalTo("1"))
                .body("phases[0].rate_cards[0].payment_term", equalTo("in_arrears"))
                .body("phases[0].rate_cards[0].entitlement.type", equalTo("boolean"));
        assertThat(api.get(PLANS + "/" + created.path("id")).asString()).isEqualTo(created.asString());
    }

    @Test
    void every_price_and_term_comes_back_as_it_was_sent() {
        String feature = agentRunsFeature(api);
        String taxCode = api.create(TAX_CODES, taxCode("saas"));
        String card = """
                {"name": "Agent Runs", "key": "agent_runs", "feature": {"id": "%s"}, "billing_cadence": "P1M",
                 "description": "by the run", "labels": {"team": "ai"},
                 "price": {"type": "graduated", "tiers": [
                     {"up_to_amount": "1000.5", "flat_price": {"type": "flat", "amount": "10"}},
                     {"unit_price": {"type": "unit", "amount": "0.000000000000000000123"}}]},
                 "unit_config": {"operation": "divide", "conversion_factor": "1000", "rounding": "ceiling", "precision": 2,
                     "display_unit": "k"},
                 "commitments": {"minimum_amount": "5.00", "maximum_amount": "12345678901234567890.12"},
                 "discounts": {"percentage": 12.5, "usage": "100"},
                 "tax_config": {"behavior": "exclusive", "code": {"id": "%s"}},
                 "entitlement": {"type": "metered", "is_soft_limit": true, "limit": 10000.25, "usage_period": "P1D"}}
                """.formatted(feature, taxCode);
        Response plan = api.post(PLANS, plan("premium", card));
        plan.then().statusCode(201).body("validation_errors", nullValue());
        String path = "phases[0].rate_cards[0].";
        plan.then()
                .body(path + "labels.team", equalTo("ai"))
                .body(path + "price.tiers[0].up_to_amount", equalTo("1000.5"))
                .body(path + "price.tiers[0].flat_price.type", equalTo("flat"))
                .body(path + "price.tiers[0].flat_price.amount", equalTo("10"))
                .body(path + "price.tiers[0]", not(hasKey("unit_price")))
                .body(path + "price.tiers[1].unit_price.amount", equalTo("0.000000000000000000123"))
                .body(path + "unit_config.conversion_factor", equalTo("1000"))
                .body(path + "unit_config.rounding", equalTo("ceiling"))
                .body(path + "commitments.minimum_amount", equalTo("5.00"))
                .body(path + "commitments.maximum_amount", equalTo("12345678901234567890.12"))
                .body(path + "discounts.percentage", equalTo(new BigDecimal("12.5")))
                .body(path + "discounts.usage", equalTo("100"))
                .body(path + "tax_config.code.id", equalTo(taxCode))
                .body(path + "entitlement.limit", equalTo(new BigDecimal("10000.25")))
                .body(path + "entitlement.is_soft_limit", equalTo(true));
    }

    @Test
    void an_incomplete_draft_says_what_is_missing_and_cannot_be_published() {
        String support = api.create(FEATURES, feature("support"));
        String id = api.create(PLANS, """
                {"name": "P", "key": "p", "currency": "USD", "billing_cadence": "P1M", "phases": [
                  {"name": "trial", "key": "trial", "rate_cards": []},
                  {"name": "trial", "key": "trial", "duration": "P1M", "rate_cards": [
                    {"name": "S", "key": "other", "feature": {"id": "%s"}, "price": {"type": "unit", "amount": "1"}},
                    {"name": "S", "key": "other", "price": {"type": "flat", "amount": "-1"},
                     "discounts": {"usage": "1"}, "entitlement": {"type": "boolean"}}]}]}
                """.formatted(support));
        List<String> codes = api.get(PLANS + "/" + id).path("validation_errors.code");
        assertThat(codes)
                .containsExactlyInAnyOrder(
                        "plan_has_non_last_phase_with_no_duration",
                        "plan_phase_has_no_rate_cards",
                        "plan_phase_duplicated_key",
                        "plan_has_last_phase_with_duration",
                        "rate_card_key_feature_key_mismatch",
                        "usage_based_price_with_feature_and_no_meter",
                        "rate_card_only_flat_price_allowed",
                        "rate_card_duplicated_key",
                        "rate_card_price_invalid",
                        "usage_discount_with_flat_price",
                        "entitlement_template_with_no_feature");

        Response refused = api.post(PLANS + "/" + id + "/publish");
        refused.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body(
                        "extensions.validationErrors.field",
                        hasItems("phases[0].rate_cards", "phases[1].rate_cards[0].key"));
        assertThat(refused.<List<String>>path("extensions.validationErrors.code"))
                .containsExactlyInAnyOrderElementsOf(codes);
        api.get(PLANS + "/" + id).then().body("status", equalTo("draft"));
    }

    @Test
    void a_draft_with_a_feature_that_does_not_exist_can_be_kept_but_not_published() {
        String id = api.create(PLANS, plan("p", agentRunsRateCard(UNKNOWN)));
        api.get(PLANS + "/" + id)
                .then()
                .body("validation_errors.code", contains("rate_card_feature_not_found"))
                .body("validation_errors.field", contains("phases[0].rate_cards[0].feature"));
        api.post(PLANS + "/" + id + "/publish").then().statusCode(400);
    }

    @Test
    void another_tenants_feature_does_not_exist() {
        String foreign = agentRunsFeature(Api.of(Namespaces.fresh()));
        api.post(PLANS, plan("p", agentRunsRateCard(foreign)))
                .then()
                .statusCode(201)
                .body("validation_errors.code", contains("rate_card_feature_not_found"));
    }

    @Test
    void a_rate_card_may_name_its_feature_by_key() {
        String feature = agentRunsFeature(api);
        String card = """
                {"name": "Agent Runs", "key": "agent_runs", "feature": {"key": "agent_runs"}, "billing_cadence": "P1M",
                 "price": {"type": "unit", "amount": "1"}}""";
        api.post(PLANS, plan("p", card))
                .then()
                .statusCode(201)
                .body("phases[0].rate_cards[0].feature.id", equalTo(feature))
                .body("phases[0].rate_cards[0].feature", not(hasKey("key")));
        api.post(PLANS, plan("q", card.replace("\"agent_runs\"}", "\"agent_walks\"}")))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("rate_card_feature_not_found"))
                .body("extensions.validationErrors.field", contains("phases[0].rate_cards[0].feature.key"));
    }

    @Test
    void terms_that_a_version_cannot_change_any_more_are_checked_when_it_is_made() {
        String body = plan("p").replace("USD", "XYZ").replace("\"P1M\"", "\"P5W\"");
        api.post(PLANS, body)
                .then()
                .statusCode(400)
                .body("type", equalTo("about:blank"))
                .body(
                        "extensions.validationErrors.code",
                        contains("currency_not_found", "plan_billing_cadence_invalid"))
                .body("extensions.validationErrors.field", contains("currency", "billing_cadence"));
        api.post(PLANS, plan("p").replace("USD", "CREDITS"))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("currency_not_found"));
        for (String cadence : List.of("P1W", "P2W", "P4W", "P1M", "P3M", "P6M", "P12M", "P1Y")) {
            api.post(
                            PLANS,
                            plan("p_" + cadence.toLowerCase(java.util.Locale.ROOT))
                                    .replace("\"P1M\"", '"' + cadence + '"'))
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void a_plan_has_one_draft_at_a_time() {
        String id = api.create(PLANS, plan("p"));
        api.post(PLANS, plan("p"))
                .then()
                .statusCode(409)
                .body("type", equalTo("https://kongapi.info/konnect/resource-conflict"))
                .body("detail", containsString("draft"));
        api.delete(PLANS + "/" + id).then().statusCode(204);
        api.post(PLANS, plan("p")).then().statusCode(201).body("version", equalTo(2));
    }

    @Test
    void drafts_that_are_made_at_once_leave_one() {
        List<Integer> statuses = AtOnce.statuses(
                () -> api.post(PLANS, plan("p")).statusCode(),
                () -> api.post(PLANS, plan("p")).statusCode(),
                () -> api.post(PLANS, plan("p")).statusCode(),
                () -> api.post(PLANS, plan("p")).statusCode());
        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        api.get(PLANS).then().body("data", hasSize(1));
    }

    @Test
    void a_draft_is_replaced_as_a_whole() {
        String feature = agentRunsFeature(api);
        String id = api.create(PLANS, plan("p", agentRunsRateCard(feature)).replace("\"name\": \"Premium Plan\"", """
                        "name": "Premium Plan", "description": "best", "labels": {"a": "b"}, "pro_rating_enabled": false"""));
        api.put(PLANS + "/" + id, """
                        {"name": "Basic", "phases": [{"name": "d", "key": "d", "rate_cards": []}]}""")
                .then()
                .statusCode(200)
                .body("name", equalTo("Basic"))
                .body("description", nullValue())
                .body("labels", nullValue())
                .body("pro_rating_enabled", equalTo(true))
                .body("key", equalTo("p"))
                .body("currency", equalTo("USD"))
                .body("phases[0].rate_cards", empty())
                .body("validation_errors.code", contains("plan_phase_has_no_rate_cards"));
        api.put(PLANS + "/" + id, """
                        {"name": "Basic", "key": "q", "phases": []}""")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", hasItems("key", "phases"));
    }

    // ------------------------------------------------------------------ publishing

    @Test
    void a_published_plan_is_active_at_once_and_everybody_is_told() {
        String feature = agentRunsFeature(api);
        String id = api.create(PLANS, plan("premium_plan", agentRunsRateCard(feature)));
        Response published = api.post(PLANS + "/" + id + "/publish");
        published
                .then()
                .statusCode(200)
                .body("status", equalTo("active"))
                .body("effective_from", notNullValue())
                .body("effective_to", nullValue());

        JsonNode event = Published.event(namespace, id, "PlanPublished");
        JsonNode plan = event.at("/data/plan");
        assertThat(plan.at("/id").asText()).isEqualTo(id);
        assertThat(plan.at("/key").asText()).isEqualTo("premium_plan");
        assertThat(plan.at("/version").asInt()).isEqualTo(1);
        assertThat(plan.at("/currency").asText()).isEqualTo("USD");
        assertThat(plan.at("/effective_from").asText()).isEqualTo(published.path("effective_from"));
        assertThat(plan.at("/phases/0/rate_cards/0/price/amount").asText()).isEqualTo("1");
        assertThat(plan.at("/phases/0/rate_cards/0/feature/id").asText()).isEqualTo(feature);
        assertThat(plan.at("/features/0/id").asText()).isEqualTo(feature);
        assertThat(plan.at("/features/0/key").asText()).isEqualTo("agent_runs");
        assertThat(plan.at("/features/0/meter/id").asText()).isNotEmpty();
    }

    @Test
    void publishing_the_next_version_archives_the_one_before() {
        String feature = agentRunsFeature(api);
        String first = published(feature);
        Response draft = api.post(PLANS, plan("p", agentRunsRateCard(feature)));
        draft.then().statusCode(201).body("version", equalTo(2));
        String second = draft.path("id");
        api.get(PLANS + "/" + first).then().body("status", equalTo("active"));

        String since = api.post(PLANS + "/" + second + "/publish").path("effective_from");
        api.get(PLANS + "/" + first).then().body("status", equalTo("archived")).body("effective_to", equalTo(since));
        assertThat(Published.event(namespace, first, "PlanArchived")
                        .at("/data/archived_at")
                        .asText())
                .isEqualTo(since);
        assertThat(Published.event(namespace, first, "PlanArchived")
                        .at("/sequence")
                        .asLong())
                .isGreaterThan(Published.event(namespace, first, "PlanPublished")
                        .at("/sequence")
                        .asLong());
    }

    @Test
    void of_publishes_at_once_one_wins() {
        String feature = agentRunsFeature(api);
        String first = published(feature);
        String second = api.create(PLANS, plan("p", agentRunsRateCard(feature)));
        Callable<Integer> publish =
                () -> api.post(PLANS + "/" + second + "/publish").statusCode();
        assertThat(AtOnce.statuses(publish, publish, publish, publish))
                .containsOnlyOnce(200)
                .containsOnly(200, 400);
        assertThat(Database.count(
                        "select count(*) from catalog.plan where namespace = ? and effective_to is null", namespace))
                .isEqualTo(1);
        api.get(PLANS + "/" + first).then().body("status", equalTo("archived"));
    }

    @Test
    void archiving_and_publishing_the_next_at_once_leave_one_active_version() {
        String feature = agentRunsFeature(api);
        String first = published(feature);
        String second = api.create(PLANS, plan("p", agentRunsRateCard(feature)));
        List<Integer> statuses = AtOnce.statuses(
                () -> api.post(PLANS + "/" + first + "/archive").statusCode(),
                () -> api.post(PLANS + "/" + second + "/publish").statusCode());
        assertThat(statuses.get(1)).isEqualTo(200);
        assertThat(statuses.get(0)).isIn(200, 400);
        api.get(PLANS + "/" + first).then().body("status", equalTo("archived"));
        api.get(PLANS + "/" + second).then().body("status", equalTo("active"));
    }

    @Test
    void a_published_plan_cannot_be_published_changed_or_deleted() {
        String id = published(agentRunsFeature(api));
        Stream.of(api.post(PLANS + "/" + id + "/publish"), api.put(PLANS + "/" + id, """
                                {"name": "n", "phases": [{"name": "d", "key": "d", "rate_cards": []}]}"""), api.delete(PLANS + "/" + id))
                .forEach(response -> response.then()
                        .statusCode(400)
                        .body("extensions.validationErrors.code", contains("plan_invalid_status"))
                        .body("detail", containsString("plan p version 1 is active")));
    }

    @Test
    void an_archived_plan_can_be_deleted_and_shows_that_it_was() {
        String id = published(agentRunsFeature(api));
        api.post(PLANS + "/" + id + "/archive").then().statusCode(200).body("status", equalTo("archived"));
        api.post(PLANS + "/" + id + "/archive")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("plan_invalid_status"));
        api.delete(PLANS + "/" + id).then().statusCode(204);
        api.delete(PLANS + "/" + id).then().statusCode(204);
        api.get(PLANS + "/" + id).then().statusCode(200).body("deleted_at", notNullValue());
        api.get(PLANS).then().body("data", empty());
        api.put(PLANS + "/" + id, """
                        {"name": "n", "phases": [{"name": "d", "key": "d", "rate_cards": []}]}""")
                .then()
                .statusCode(410)
                .body("type", equalTo("https://kongapi.info/konnect/gone"));
        api.post(PLANS + "/" + id + "/publish").then().statusCode(400);
    }

    @Test
    void a_draft_cannot_be_archived() {
        String id = api.create(PLANS, plan("p"));
        api.post(PLANS + "/" + id + "/archive")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("plan_invalid_status"));
    }

    @Test
    void a_feature_that_is_archived_meanwhile_blocks_publishing() {
        String feature = agentRunsFeature(api);
        String id = api.create(PLANS, plan("p", agentRunsRateCard(feature)));
        api.delete(FEATURES + "/" + feature).then().statusCode(204);
        api.post(PLANS + "/" + id + "/publish")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("rate_card_feature_archived"));
    }

    @Test
    void a_feature_of_an_active_plan_cannot_be_archived() {
        String feature = agentRunsFeature(api);
        String id = published(feature);
        api.delete(FEATURES + "/" + feature).then().statusCode(409).body("detail", containsString("plan p version 1"));
        api.post(PLANS + "/" + id + "/archive").then().statusCode(200);
        api.delete(FEATURES + "/" + feature).then().statusCode(204);
    }

    @Test
    void archiving_a_feature_and_publishing_its_plan_at_once_never_leaves_both() {
        String feature = agentRunsFeature(api);
        String id = api.create(PLANS, plan("p", agentRunsRateCard(feature)));
        List<Integer> statuses = AtOnce.statuses(
                () -> api.post(PLANS + "/" + id + "/publish").statusCode(),
                () -> api.delete(FEATURES + "/" + feature).statusCode());
        assertThat(statuses).isIn(List.of(200, 409), List.of(400, 204));
    }

    // ------------------------------------------------------------------ tax codes and currencies

    @Test
    void a_tax_code_that_does_not_exist_stands_in_the_way_of_publishing() {
        String foreign = Api.of(Namespaces.fresh()).create(TAX_CODES, taxCode("saas"));
        for (String id : List.of(UNKNOWN, foreign)) {
            String plan = api.create(PLANS, plan("p_" + id.toLowerCase(java.util.Locale.ROOT), taxedRateCard(id)));
            api.get(PLANS + "/" + plan)
                    .then()
                    .body("validation_errors.code", contains("rate_card_tax_code_not_found"))
                    .body("validation_errors.field", contains("phases[0].rate_cards[0].tax_config.code.id"));
            api.post(PLANS + "/" + plan + "/publish")
                    .then()
                    .statusCode(400)
                    .body("extensions.validationErrors.code", contains("rate_card_tax_code_not_found"));
        }
    }

    @Test
    void a_tax_code_that_is_deleted_meanwhile_blocks_publishing() {
        String taxCode = api.create(TAX_CODES, taxCode("saas"));
        String id = api.create(PLANS, plan("p", taxedRateCard(taxCode)));
        api.get(PLANS + "/" + id).then().body("validation_errors", nullValue());
        api.delete(TAX_CODES + "/" + taxCode).then().statusCode(204);
        api.post(PLANS + "/" + id + "/publish")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("rate_card_tax_code_deleted"))
                .body("detail", containsString("saas"));
    }

    @Test
    void a_tax_code_of_an_active_plan_cannot_be_deleted() {
        String taxCode = api.create(TAX_CODES, taxCode("saas"));
        String id = api.create(PLANS, plan("p", taxedRateCard(taxCode)));
        api.post(PLANS + "/" + id + "/publish").then().statusCode(200);
        api.delete(TAX_CODES + "/" + taxCode).then().statusCode(409).body("detail", containsString("plan p version 1"));
        api.post(PLANS + "/" + id + "/archive").then().statusCode(200);
        api.delete(TAX_CODES + "/" + taxCode).then().statusCode(204);
        api.get(PLANS + "/" + id).then().body("phases[0].rate_cards[0].tax_config.code.id", equalTo(taxCode));
    }

    @Test
    void deleting_a_tax_code_and_publishing_its_plan_at_once_never_leaves_both() {
        String taxCode = api.create(TAX_CODES, taxCode("saas"));
        String id = api.create(PLANS, plan("p", taxedRateCard(taxCode)));
        List<Integer> statuses = AtOnce.statuses(
                () -> api.post(PLANS + "/" + id + "/publish").statusCode(),
                () -> api.delete(TAX_CODES + "/" + taxCode).statusCode());
        assertThat(statuses).isIn(List.of(200, 409), List.of(400, 204));
    }

    @Test
    void a_tax_code_that_every_tenant_has_can_be_used_at_once() {
        String nontaxable = api.get(TAX_CODES).path("data.find { it.key == 'txcd_00000000' }.id");
        String id = api.create(PLANS, plan("p", taxedRateCard(nontaxable)));
        api.post(PLANS + "/" + id + "/publish").then().statusCode(200);
    }

    @Test
    void a_custom_currency_can_be_drafted_with_and_not_published() {
        api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        String card = agentRunsRateCard(agentRunsFeature(api));
        String inCustom = api.create(PLANS, plan("p", card).replace("USD", "AI_TOKENS"));
        api.get(PLANS + "/" + inCustom).then().body("validation_errors.code", contains("currency_invalid"));
        api.post(PLANS + "/" + inCustom + "/publish")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("currency_invalid"))
                .body("extensions.validationErrors.field", contains("currency"))
                .body("detail", containsString("credits"));

        String withOverride =
                api.create(PLANS, plan("q", card.replace("\"name\"", "\"currency\": \"AI_TOKENS\", \"name\"")));
        api.post(PLANS + "/" + withOverride + "/publish")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("rate_card_currency_override_not_allowed"))
                .body("extensions.validationErrors.field", contains("phases[0].rate_cards[0].currency"))
                .body("detail", containsString("credits"));

        String unknown = api.create(PLANS, plan("r", card.replace("\"name\"", "\"currency\": \"AI_BEANS\", \"name\"")));
        api.get(PLANS + "/" + unknown).then().body("validation_errors.code", contains("currency_not_found"));
    }

    @Test
    void another_tenants_custom_currency_does_not_exist() {
        Api.of(Namespaces.fresh()).create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        api.post(PLANS, plan("p").replace("USD", "AI_TOKENS"))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("currency_not_found"));
    }

    // ------------------------------------------------------------------ reading

    @Test
    void the_list_is_paged_filtered_and_sorted() {
        String feature = agentRunsFeature(api);
        String active = published(feature);
        String draft = api.create(PLANS, plan("p", agentRunsRateCard(feature)).replace("Premium Plan", "Next"));
        String archived =
                api.create(PLANS, plan("q", agentRunsRateCard(feature)).replace("USD", "EUR"));
        api.post(PLANS + "/" + archived + "/publish").then().statusCode(200);
        api.post(PLANS + "/" + archived + "/archive").then().statusCode(200);

        api.get(PLANS).then().body("data.id", contains(active, draft, archived)).body("meta.page.total", equalTo(3));
        api.get(PLANS, "sort", "version desc", "page[size]", 1).then().body("data.id", contains(draft));
        api.get(PLANS, "filter[status]", "draft").then().body("data.id", contains(draft));
        api.get(PLANS, "filter[status][eq]", "active").then().body("data.id", contains(active));
        api.get(PLANS, "filter[status][oeq]", "active,archived").then().body("data.id", contains(active, archived));
        api.get(PLANS, "filter[status][neq]", "active").then().body("data.id", contains(draft, archived));
        api.get(PLANS, "filter[status]", "scheduled").then().body("data", empty());
        api.get(PLANS, "filter[currency]", "EUR").then().body("data.id", contains(archived));
        api.get(PLANS, "filter[key]", "p", "filter[name][contains]", "nex")
                .then()
                .body("data.id", contains(draft));
        api.get(PLANS, "filter[status]", "gone")
                .then()
                .statusCode(400)
                .body("invalid_parameters[0].field", equalTo("filter[status]"))
                .body("invalid_parameters[0].choices", hasItem("draft"));
        api.get(PLANS, "filter[status][contains]", "a").then().statusCode(400);
        api.get(PLANS, "sort", "currency").then().statusCode(400);
    }

    @Test
    void a_version_that_is_published_for_later_is_scheduled() {
        String id = published(agentRunsFeature(api));
        Database.update(
                "update catalog.plan set effective_from = now() + interval '1 day' where namespace = ?", namespace);
        api.get(PLANS, "filter[status]", "scheduled").then().body("data.id", contains(id));
        api.get(PLANS + "/" + id).then().body("status", equalTo("scheduled"));
        api.get("/internal/plans/resolve", "id", id).then().statusCode(409);
    }

    @Test
    void another_tenant_sees_nothing() {
        String id = published(agentRunsFeature(api));
        Api stranger = Api.of(Namespaces.fresh());
        Stream.of(
                        stranger.get(PLANS + "/" + id),
                        stranger.delete(PLANS + "/" + id),
                        stranger.post(PLANS + "/" + id + "/archive"),
                        stranger.post(PLANS + "/" + id + "/publish"),
                        stranger.put(PLANS + "/" + id, """
                                {"name": "n", "phases": [{"name": "d", "key": "d", "rate_cards": []}]}"""),
                        stranger.get("/internal/plans/resolve", "id", id),
                        stranger.get("/internal/plans/resolve", "key", "p"),
                        api.get(PLANS + "/no-id"))
                .forEach(response -> response.then().statusCode(404));
        stranger.get(PLANS).then().body("data", empty());
    }

    // ------------------------------------------------------------------ which plan to subscribe to

    @Test
    void the_version_in_force_is_what_is_subscribed_to() {
        String feature = agentRunsFeature(api);
        String first = published(feature);
        String second = api.create(PLANS, plan("p", agentRunsRateCard(feature)));
        Api anybody = Api.withRoles(namespace, "billing_viewer");
        anybody.get("/internal/plans/resolve", "key", "p")
                .then()
                .statusCode(200)
                .body("id", equalTo(first))
                .body("version", equalTo(1))
                .body("features.key", contains("agent_runs"))
                .body("phases[0].rate_cards[0].key", equalTo("agent_runs"));
        anybody.get("/internal/plans/resolve", "id", second)
                .then()
                .statusCode(409)
                .body("detail", containsString("draft"));
        anybody.get("/internal/plans/resolve", "key", "p", "version", 2).then().statusCode(409);

        api.post(PLANS + "/" + second + "/publish").then().statusCode(200);
        anybody.get("/internal/plans/resolve", "key", "p").then().body("id", equalTo(second));
        anybody.get("/internal/plans/resolve", "key", "p", "version", 1)
                .then()
                .statusCode(409)
                .body("detail", containsString("archived"));

        api.post(PLANS + "/" + second + "/archive").then().statusCode(200);
        anybody.get("/internal/plans/resolve", "key", "p")
                .then()
                .statusCode(409)
                .body("detail", containsString("no active version"));
    }

    @Test
    void what_does_not_exist_cannot_be_subscribed_to() {
        api.get("/internal/plans/resolve", "id", UNKNOWN).then().statusCode(404);
        api.get("/internal/plans/resolve", "key", "p").then().statusCode(404);
        published(agentRunsFeature(api));
        api.get("/internal/plans/resolve", "key", "p", "version", 7).then().statusCode(404);
        api.get("/internal/plans/resolve").then().statusCode(400);
        api.get("/internal/plans/resolve", "id", UNKNOWN, "key", "p").then().statusCode(400);
    }

    // ------------------------------------------------------------------ odd bodies

    @Test
    void every_fault_in_form_is_in_one_problem_with_its_path() {
        api.post(PLANS, """
                        {"name": "", "key": "No Key", "currency": "$", "billing_cadence": "monthly", "extra": 1,
                         "labels": {"kong_x": "y"},
                         "phases": [{"name": "p", "key": "p", "rate_cards": [
                            {"name": "r", "key": "r"},
                            {"name": "r", "key": "r", "price": {"type": "unit", "amount": 1}},
                            {"name": "r", "key": "r", "price": {"type": "magic"}},
                            {"name": "r", "key": "r", "price": {"type": "flat", "amount": "1e5"},
                             "discounts": {"percentage": 101}}]}]}""")
                .then()
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        hasItems(
                                "name",
                                "key",
                                "billing_cadence",
                                "extra",
                                "phases[0].rate_cards[0].price",
                                "phases[0].rate_cards[1].price.amount",
                                "phases[0].rate_cards[3].price.amount",
                                "phases[0].rate_cards[3].discounts.percentage"));
    }

    @Test
    void labels_are_checked_on_every_level() {
        api.post(PLANS, """
                        {"name": "n", "key": "k", "currency": "USD", "billing_cadence": "P1M",
                         "labels": {"kong_x": "y"},
                         "phases": [{"name": "p", "key": "p", "labels": {"_a": "b"}, "rate_cards": [
                            {"name": "r", "key": "r", "labels": {"openmeter_b": "c"},
                             "price": {"type": "free"}}]}]}""")
                .then()
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        contains("labels.kong_x", "phases[0].labels._a", "phases[0].rate_cards[0].labels.openmeter_b"));
    }

    @Test
    void there_is_a_limit_on_phases_and_rate_cards() {
        String phase = """
                {"name": "d", "key": "d", "rate_cards": []}""";
        api.post(
                        PLANS,
                        plan("p")
                                .replaceAll(
                                        "\"phases\": \\[.*\\]",
                                        "\"phases\": [" + String.join(",", Collections.nCopies(51, phase)) + "]"))
                .then()
                .statusCode(400)
                .body("invalid_parameters[0].maximum", equalTo(PhaseIntake.PHASES_MAX));
        String card = """
                {"name": "d", "key": "d", "price": {"type": "free"}}""";
        api.post(PLANS, plan("p", Collections.nCopies(1_001, card).toArray(String[]::new)))
                .then()
                .statusCode(400)
                .body("invalid_parameters[0].maximum", equalTo(PhaseIntake.RATE_CARDS_MAX));
    }

    @Test
    void an_amount_with_a_million_digits_is_refused_without_work() {
        String card = """
                {"name": "d", "key": "d", "price": {"type": "flat", "amount": "%s"}}""".formatted("9".repeat(1_000_000));
        Instant before = Instant.now();
        api.post(PLANS, plan("p", card)).then().statusCode(400);
        assertThat(java.time.Duration.between(before, Instant.now())).isLessThan(java.time.Duration.ofSeconds(5));
    }

    // ------------------------------------------------------------------

    /** A published version 1 of plan {@code p}; its id. */
    private String published(String feature) {
        String id = api.create(PLANS, plan("p", agentRunsRateCard(feature)));
        api.post(PLANS + "/" + id + "/publish").then().statusCode(200);
        return id;
    }
}
