package io.usance.catalog.document;

import static io.restassured.RestAssured.given;
import static io.usance.catalog.Fixtures.ADDONS;
import static io.usance.catalog.Fixtures.FEATURES;
import static io.usance.catalog.Fixtures.METERS;
import static io.usance.catalog.Fixtures.PLANS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.catalog.Api;
import io.usance.contracts.access.Roles;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import io.usance.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class CatalogDocumentTest {
    private static final String CATALOG = "/v3/openmeter/catalog";
    private static final String YAML = "application/yaml";

    private static final String SHOP = """
            version: 1
            tax_codes:
              - key: saas
                name: Software as a service
                app_mappings:
                  - app_type: stripe
                    tax_code: txcd_10000000
            meters:
              - key: api_requests_total
                name: API requests
                description: |
                  Every call,
                  "quoted": or not
                labels:
                  team: platform
                aggregation: count
                event_type: api.request
                dimensions:
                  method: $.method
                  route: $.route
              - key: tokens_total
                name: "yes"
                aggregation: sum
                event_type: llm
                value_property: $.tokens
                dimensions:
                  model: $.model
            features:
              - key: api_requests
                name: API requests
                meter:
                  key: api_requests_total
                  filters:
                    method:
                      eq: GET
              - key: support
                name: Support
              - key: tokens
                name: Tokens
                meter:
                  key: tokens_total
                unit_cost:
                  type: manual
                  amount: "0.00000150"
            addons:
              - key: more_support
                name: More support
                instance_type: multiple
                currency: USD
                status: active
                rate_cards:
                  - name: More support
                    key: more_support
                    billing_cadence: P1M
                    price:
                      type: flat
                      amount: "50"
                    payment_term: in_advance
                    tax_config:
                      code:
                        key: saas
            plans:
              - key: premium
                name: Premium
                status: active
                currency: USD
                billing_cadence: P1M
                pro_rating_enabled: true
                phases:
                  - key: default
                    name: Default
                    rate_cards:
                      - name: API requests
                        key: api_requests
                        feature:
                          key: api_requests
                        billing_cadence: P1M
                        price:
                          type: graduated
                          tiers:
                            - up_to_amount: "1000"
                              unit_price:
                                type: unit
                                amount: "0.30"
                            - unit_price:
                                type: unit
                                amount: "0.2"
                        payment_term: in_arrears
                        discounts:
                          percentage: 12.5
                      - name: Support
                        key: support
                        feature:
                          key: support
                        billing_cadence: P1M
                        price:
                          type: flat
                          amount: "100"
                        payment_term: in_advance
                        tax_config:
                          behavior: exclusive
                          code:
                            key: saas
                addons:
                  - name: More support
                    addon:
                      key: more_support
                    from_plan_phase: default
                    max_quantity: 3
              - key: premium
                name: Premium, next year
                status: draft
                currency: EUR
                billing_cadence: P1Y
                pro_rating_enabled: false
                phases:
                  - key: default
                    name: Default
                    rate_cards: []
            """;

    private final String namespace = Namespaces.fresh();
    private final Api api = Api.of(namespace);

    @Test
    void an_empty_tenant_has_an_empty_catalog() {
        assertThat(export(namespace)).startsWith("version: 1\n").contains("meters: []", "features: []", "plans: []");
    }

    @Test
    void what_is_exported_and_applied_elsewhere_is_exported_there_byte_by_byte() {
        apply(namespace, SHOP)
                .then()
                .statusCode(200)
                .body("changes", hasSize(9))
                .body("unchanged", equalTo(0));
        String exported = export(namespace);
        // What is written by hand in the export's order comes back as it was written.
        assertThat(exported).contains("""
                features:
                  - key: api_requests
                    name: API requests
                    meter:
                      key: api_requests_total
                      filters:
                        method:
                          eq: GET
                """);

        String other = Namespaces.fresh();
        apply(other, exported)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("changes.action", hasItem("create"));
        assertThat(export(other)).isEqualTo(exported);

        String third = Namespaces.fresh();
        String json = given().auth()
                .oauth2(Tokens.admin(namespace))
                .accept("application/json")
                .get(CATALOG)
                .asString();
        send(third, "apply", "application/json", json).then().statusCode(200);
        assertThat(export(third)).isEqualTo(exported);
    }

    @Test
    void what_is_applied_can_be_subscribed_to() {
        apply(namespace, SHOP).then().statusCode(200);
        api.get(PLANS, "filter[status]", "active")
                .then()
                .body("data", hasSize(1))
                .body("data[0].key", equalTo("premium"))
                .body("data[0].version", equalTo(1));
        api.get(PLANS, "filter[status]", "draft")
                .then()
                .body("data[0].version", equalTo(2))
                .body("data[0].validation_errors.code", contains("plan_phase_has_no_rate_cards"));
    }

    @Test
    void applying_it_again_changes_nothing() {
        apply(namespace, SHOP).then().statusCode(200);
        String everything = everything(namespace);
        apply(namespace, SHOP).then().statusCode(200).body("changes", empty()).body("unchanged", equalTo(9));
        diff(namespace, SHOP).then().statusCode(200).body("changes", empty());
        assertThat(everything(namespace)).isEqualTo(everything);
    }

    @Test
    void the_diff_says_what_would_change_and_changes_nothing() {
        apply(namespace, SHOP).then().statusCode(200);
        String before = export(namespace);
        String everything = everything(namespace);
        String dearer = SHOP.replace("\"0.30\"", "\"0.35\"")
                .replace("name: API requests\n    description", "name: Calls\n    description")
                .replace("\"0.00000150\"", "\"0.000002\"");
        diff(namespace, dearer)
                .then()
                .statusCode(200)
                .body("changes.kind", contains("meter", "feature", "plan"))
                .body("changes.name", contains("api_requests_total", "tokens", "premium"))
                .body("changes.action", contains("update", "update", "update"))
                .body("changes[0].fields.field", contains("name"))
                .body("changes[0].fields[0].from", equalTo("API requests"))
                .body("changes[0].fields[0].to", equalTo("Calls"))
                .body("changes[1].fields.field", contains("unit_cost.amount"))
                .body("changes[2].fields.field", contains("phases[0].rate_cards[0].price.tiers[0].unit_price.amount"))
                .body("unchanged", equalTo(6));
        assertThat(export(namespace)).isEqualTo(before);
        assertThat(everything(namespace)).isEqualTo(everything);
    }

    @Test
    void a_plan_that_differs_gets_a_new_version_and_the_old_one_is_archived() {
        apply(namespace, SHOP).then().statusCode(200);
        apply(namespace, SHOP.replace("\"0.30\"", "\"0.35\"")).then().statusCode(200);
        api.get(PLANS, "filter[key]", "premium", "sort", "version")
                .then()
                // 2 was the draft, which made way.
                .body("data.version", contains(1, 3, 4))
                .body("data.status", contains("archived", "active", "draft"))
                .body("data[1].phases[0].rate_cards[0].price.tiers[0].unit_price.amount", equalTo("0.35"))
                .body("data[2].currency", equalTo("EUR"));
        assertThat(export(namespace)).isEqualTo(export(namespace));
    }

    @Test
    void an_add_on_that_differs_takes_the_plans_along_that_it_is_sold_with() {
        apply(namespace, SHOP).then().statusCode(200);
        String dearer = SHOP.replace("amount: \"50\"", "amount: \"60\"");
        apply(namespace, dearer)
                .then()
                .statusCode(200)
                .body("changes.name", contains("more_support", "premium"))
                .body("changes[1].fields.field", contains("addons"));
        apply(namespace, dearer).then().statusCode(200).body("changes", empty());
        String plan = api.get(PLANS, "filter[status]", "active").path("data[0].id");
        String addon = api.get(PLANS + "/" + plan + "/addons").path("data[0].addon.id");
        api.get(ADDONS + "/" + addon)
                .then()
                .body("version", equalTo(2))
                .body("rate_cards[0].price.amount", equalTo("60"));
    }

    @Test
    void what_is_named_by_a_key_that_nothing_has_is_refused_where_it_stands() {
        apply(namespace, SHOP.replaceFirst("key: saas", "key: goods"))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("rate_card_tax_code_not_found"))
                .body("extensions.validationErrors.field", contains("addons[0].rate_cards[0].tax_config.code.key"));
        apply(namespace, SHOP.replace("addon:\n          key: more_support", "addon:\n          key: less_support"))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("plans[0].addons[0].addon.key"));
        assertThat(export(namespace)).contains("tax_codes: []");
    }

    @Test
    void what_the_document_lacks_goes_only_when_it_is_asked_for() {
        apply(namespace, SHOP).then().statusCode(200);
        String small = """
                version: 1
                meters:
                  - {key: tokens_total, name: "yes", aggregation: sum, event_type: llm, value_property: $.tokens,
                     dimensions: {model: $.model}}
                """;
        apply(namespace, small).then().statusCode(200).body("changes", empty());
        send(namespace, "apply?prune=true", YAML, small)
                .then()
                .statusCode(200)
                .body("changes.action", everyItem(equalTo("remove")))
                .body(
                        "changes.name",
                        contains(
                                "premium",
                                "premium (draft)",
                                "more_support",
                                "api_requests",
                                "support",
                                "tokens",
                                "api_requests_total",
                                "saas"));
        assertThat(export(namespace)).contains("tax_codes: []", "features: []", "plans: []", "tokens_total");
        assertThat(export(namespace)).doesNotContain("api_requests_total");
    }

    @Test
    void all_of_it_is_applied_or_nothing() {
        String broken = SHOP.replace("type: graduated", "type: volume").replace("\"1000\"", "\"-1\"");
        for (String how : List.of("diff", "apply")) {
            send(namespace, how, YAML, broken)
                    .then()
                    .statusCode(400)
                    .body("extensions.validationErrors.code", hasItem("rate_card_price_invalid"))
                    .body("extensions.validationErrors.field", hasItem("plans[0].phases[0].rate_cards[0].price"));
        }
        assertThat(export(namespace)).contains("meters: []", "features: []");
        assertThat(everything(namespace)).doesNotContain("created_at");
    }

    @Test
    void what_something_live_needs_stays_and_is_named() {
        apply(namespace, SHOP).then().statusCode(200);
        String without = SHOP.replace("      method: $.method\n", "");
        apply(namespace, without)
                .then()
                .statusCode(409)
                .body("detail", startsWith("meters[0]: "))
                .body("detail", containsString("api_requests"))
                .body("detail", containsString("method"));

        apply(namespace, SHOP.replace("aggregation: count", "aggregation: unique_count\n    value_property: $.user"))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", hasItems("meter_immutable"))
                .body(
                        "extensions.validationErrors.field",
                        hasItems("meters[0].aggregation", "meters[0].value_property"));
        apply(namespace, SHOP.replace("eq: GET", "eq: POST"))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("feature_immutable"))
                .body("extensions.validationErrors.field", contains("features[0].meter.filters.method.eq"))
                .body("extensions.validationErrors[0].message", containsString("api_requests"));
    }

    @Test
    void entries_that_stand_twice_and_bad_texts_are_refused_where_they_stand() {
        apply(namespace, SHOP.replace("key: tokens_total\n    name", "key: api_requests_total\n    name"))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("meters[1]"));
        apply(namespace, "version: 1\nplans: [").then().statusCode(400).body("detail", containsString("YAML"));
        apply(namespace, "version: 1\nmeters:\n  - key: a\n    key: b\n")
                .then()
                .statusCode(400)
                .body("detail", containsString("YAML"));
        apply(namespace, "version: 2\n").then().statusCode(400).body("invalid_parameters.field", contains("version"));
        apply(namespace, "just text").then().statusCode(400);
        apply(namespace, SHOP.replace("amount: \"100\"", "amount: 100"))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("plans[0].phases[0].rate_cards[1].price.amount"));
    }

    @Test
    void tenants_see_and_change_only_their_own() {
        apply(namespace, SHOP).then().statusCode(200);
        String other = Namespaces.fresh();
        assertThat(export(other)).doesNotContain("premium");
        send(other, "apply?prune=true", YAML, "version: 1\n")
                .then()
                .statusCode(200)
                .body("changes", empty());
        assertThat(export(namespace)).contains("premium");
    }

    @Test
    void it_takes_the_roles_of_everything_in_it() {
        assertThat(status("apply", Roles.PRODUCT_CATALOG_ADMIN)).isEqualTo(403);
        assertThat(status("diff", Roles.METER_ADMIN)).isEqualTo(403);
        assertThat(status("apply", Roles.PRODUCT_CATALOG_ADMIN, Roles.METER_ADMIN))
                .isEqualTo(200);
        assertThat(exportStatus(Roles.PRODUCT_CATALOG_VIEWER)).isEqualTo(403);
        assertThat(exportStatus(Roles.PRODUCT_CATALOG_VIEWER, Roles.METERING_VIEWER))
                .isEqualTo(200);
        apply(namespace, "version: 1\n").then().body("changes", empty()).body("detail", nullValue());
    }

    // ------------------------------------------------------------------

    private int status(String how, String... roles) {
        return given().auth()
                .oauth2(Tokens.withRoles(namespace, roles))
                .contentType(YAML)
                .body("version: 1\n".getBytes(StandardCharsets.UTF_8))
                .post(CATALOG + "/" + how)
                .statusCode();
    }

    private int exportStatus(String... roles) {
        return given().auth()
                .oauth2(Tokens.withRoles(namespace, roles))
                .get(CATALOG)
                .statusCode();
    }

    private static Response apply(String namespace, String yaml) {
        return send(namespace, "apply", YAML, yaml);
    }

    private static Response diff(String namespace, String yaml) {
        return send(namespace, "diff", YAML, yaml);
    }

    private static Response send(String namespace, String how, String type, String text) {
        return given().auth()
                .oauth2(Tokens.admin(namespace))
                .contentType(type)
                .body(text.getBytes(StandardCharsets.UTF_8))
                .post(CATALOG + "/" + how);
    }

    private static String export(String namespace) {
        return given().auth()
                .oauth2(Tokens.admin(namespace))
                .accept(YAML)
                .get(CATALOG)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** With ids, versions and times. */
    private static String everything(String namespace) {
        Api api = Api.of(namespace);
        return api.get(METERS).asString()
                + api.get(FEATURES).asString()
                + api.get(PLANS).asString()
                + api.get(ADDONS).asString();
    }
}
