package io.usance.subscription.subscription;

import static io.usance.subscription.Api.CUSTOMERS;
import static io.usance.subscription.Api.SUBSCRIPTIONS;
import static io.usance.subscription.PlanBuilder.aPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.usance.contracts.catalog.Plan;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.subscription.Api;
import io.usance.subscription.CatalogServer;
import io.usance.subscription.MovableClock;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(CatalogServer.class)
class SubscriptionResourceTest {
    private static final String UNKNOWN = "01J8ZV4QXKPG1N6FSM8T4B7C9D";
    private static final Instant NOW = Instant.parse("2031-01-31T10:23:45.678901Z");

    private final Api api = new Api(Namespaces.fresh());

    @AfterEach
    void let_the_clock_run() {
        MovableClock.reset();
    }

    @Test
    void a_subscription_spells_out_what_the_plan_says() {
        MovableClock.set(NOW);
        Plan plan = publish(aPlan("premium").version(3).build());
        String customer = api.customer("acme");

        ValidatableResponse created = api.post(
                        SUBSCRIPTIONS,
                        Map.of(
                                "customer",
                                Map.of("id", customer),
                                "plan",
                                Map.of("key", "premium"),
                                "labels",
                                Map.of("team", "a")))
                .statusCode(201);
        String id = created.extract().path("id");

        for (ValidatableResponse shown :
                List.of(created, api.get(SUBSCRIPTIONS + "/" + id).statusCode(200))) {
            shown.contentType("application/json")
                    .body("id", matchesPattern("[0-7][0-9A-HJKMNP-TV-Z]{25}"))
                    .body("labels", equalTo(Map.of("team", "a")))
                    .body("created_at", equalTo(NOW.toString()))
                    .body("updated_at", equalTo(NOW.toString()))
                    .body("name", equalTo("Plan premium"))
                    .body("description", equalTo("All of premium"))
                    .body("active_from", equalTo("2031-01-31T10:23:45Z"))
                    .body("active_to", nullValue())
                    .body("customer_id", equalTo(customer))
                    .body("plan_id", equalTo(plan.id()))
                    .body("plan", equalTo(Map.of("id", plan.id(), "key", "premium", "version", 3)))
                    .body("invoice_currency", equalTo("USD"))
                    .body("cost_basis_mode", equalTo("dynamic"))
                    .body("cost_basis_pins", empty())
                    .body("billing_cadence", equalTo("P1M"))
                    .body("billing_anchor", equalTo("2031-01-31T10:23:45Z"))
                    .body("pro_rating_config", equalTo(Map.of("enabled", true, "mode", "prorate_prices")))
                    .body("status", equalTo("active"))
                    .body("settlement_mode", equalTo("credit_then_invoice"))
                    .body("current_period.from", equalTo("2031-01-31T10:23:45Z"))
                    .body("current_period.to", equalTo("2031-02-28T10:23:45Z"))
                    .body("phases", hasSize(1))
                    .body("phases[0].id", matchesPattern("[0-7][0-9A-HJKMNP-TV-Z]{25}"))
                    .body("phases[0].key", equalTo("default"))
                    .body("phases[0].name", equalTo("Phase default"))
                    .body("phases[0].labels", equalTo(Map.of("phase", "default")))
                    .body("phases[0].created_at", equalTo(NOW.toString()))
                    .body("phases[0].active_from", equalTo("2031-01-31T10:23:45Z"))
                    .body("phases[0].active_to", nullValue())
                    .body("phases[0].items", hasSize(1))
                    .body("phases[0].items[0].id", matchesPattern("[0-7][0-9A-HJKMNP-TV-Z]{25}"))
                    .body("phases[0].items[0].active_from", equalTo("2031-01-31T10:23:45Z"))
                    .body("phases[0].items[0].rate_card.key", equalTo("agent_runs"))
                    .body("phases[0].items[0].rate_card.name", equalTo("Agent Runs"))
                    .body("phases[0].items[0].rate_card.price", equalTo(Map.of("type", "unit", "amount", "1")))
                    .body("phases[0].items[0].rate_card.entitlement", equalTo(Map.of("type", "boolean")))
                    .body("phases[0].items[0].rate_card.discounts.usage", equalTo("10.000"));
            assertThat(shown.extract().asString()).contains("\"percentage\":12.5");
        }
        assertThat(api.get(SUBSCRIPTIONS + "/" + id).extract().asString())
                .isEqualTo(created.extract().asString());
    }

    @Test
    void customer_and_plan_can_be_named_by_id_or_by_key() {
        Plan first = publish(aPlan("premium").version(1).build());
        Plan second = publish(aPlan("premium").version(2).build());
        String acme = api.customer("acme");
        String beta = api.customer("beta");

        subscribe(Map.of("key", "acme"), Map.of("id", first.id()))
                .statusCode(201)
                .body("customer_id", equalTo(acme))
                .body("plan.version", equalTo(1));
        subscribe(Map.of("id", beta), Map.of("key", "premium", "version", 1))
                .statusCode(201)
                .body("plan.id", equalTo(first.id()));
        api.customer("gamma");
        subscribe(Map.of("key", "gamma"), Map.of("key", "premium"))
                .statusCode(201)
                .body("plan.id", equalTo(second.id()));
    }

    @Test
    void what_names_customer_and_plan_must_be_clear() {
        api.customer("acme");

        subscribe(Map.of(), Map.of())
                .statusCode(400)
                .body("invalid_parameters.field", containsInAnyOrder("customer", "plan"))
                .body("invalid_parameters.rule.unique()", contains("dependent_fields"))
                .body("invalid_parameters[0].dependents", contains("id", "key"));
        subscribe(Map.of("id", UNKNOWN, "key", "acme"), Map.of("id", UNKNOWN, "key", "premium"))
                .statusCode(400)
                .body("invalid_parameters.field", containsInAnyOrder("customer", "plan"));
        subscribe(Map.of("key", "acme"), Map.of("id", UNKNOWN, "version", 1))
                .statusCode(400)
                .body("invalid_parameters.field", contains("plan.version"));
        subscribe(Map.of("key", "acme"), Map.of("key", "premium", "version", 0))
                .statusCode(400)
                .body("invalid_parameters[0].rule", equalTo("min"))
                .body("invalid_parameters[0].minimum", equalTo(1));
    }

    @Test
    void every_fault_of_the_schema_is_in_one_problem() {
        Map<String, Object> body = new HashMap<>();
        body.put("customer", Map.of("id", "nonsense", "name", "x"));
        body.put("plan", Map.of("key", "No Key", "version", "one"));
        body.put("settlement_mode", "cash");
        body.put("billing_anchor", "tomorrow");
        body.put("cost_basis_mode", "static");
        body.put("labels", Map.of("a", ""));
        body.put("timing", "immediate");

        api.post(SUBSCRIPTIONS, body)
                .statusCode(400)
                .body("invalid_parameters.find { it.field == 'customer.id' }.rule", equalTo("matches_regex"))
                .body("invalid_parameters.find { it.field == 'customer.name' }.rule", equalTo("unknown_property"))
                .body("invalid_parameters.find { it.field == 'plan.key' }.rule", equalTo("matches_regex"))
                .body("invalid_parameters.find { it.field == 'plan.version' }.rule", equalTo("is_integer"))
                .body("invalid_parameters.find { it.field == 'settlement_mode' }.rule", equalTo("enum"))
                .body(
                        "invalid_parameters.find { it.field == 'settlement_mode' }.choices",
                        containsInAnyOrder("credit_then_invoice", "credit_only"))
                .body("invalid_parameters.find { it.field == 'billing_anchor' }.rule", equalTo("is_date_time"))
                .body("invalid_parameters.find { it.field == 'cost_basis_mode' }.rule", equalTo("enum"))
                .body("invalid_parameters.find { it.field == 'labels.a' }", notNullValue())
                .body("invalid_parameters.find { it.field == 'timing' }.rule", equalTo("unknown_property"));
        api.post(SUBSCRIPTIONS, Map.of())
                .statusCode(400)
                .body("invalid_parameters.field", containsInAnyOrder("customer", "plan"));
    }

    @Test
    void faults_that_the_schema_cannot_express_are_in_one_problem_too() {
        api.post(
                        SUBSCRIPTIONS,
                        Map.of(
                                "customer",
                                Map.of(),
                                "plan",
                                Map.of("key", "premium"),
                                "labels",
                                Map.of("openmeter_x", "a"),
                                "billing_anchor",
                                "1000-01-01T00:00:00Z"))
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        containsInAnyOrder("customer", "labels.openmeter_x", "billing_anchor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{} {}", "{\"customer\": \"acme\", \"plan\": \"premium\"}"})
    void an_odd_body_is_refused_with_a_problem(String body) {
        api.call()
                .contentType(ContentType.JSON)
                .body(body)
                .post(SUBSCRIPTIONS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void an_unknown_foreign_or_deleted_customer_is_not_found() {
        publish(aPlan("premium").build());
        Api other = new Api(Namespaces.fresh());
        String foreign = other.customer("foreign");
        String deleted = api.customer("deleted");
        api.delete(CUSTOMERS + "/" + deleted).statusCode(204);

        for (Map<String, String> customer : List.of(
                Map.of("id", UNKNOWN),
                Map.of("id", foreign),
                Map.of("key", "foreign"),
                Map.of("id", deleted),
                Map.of("key", "deleted"))) {
            subscribe(customer, Map.of("key", "premium"))
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("type", endsWith("/not-found"))
                    .body("detail", containsString("customer"));
        }
    }

    @Test
    void an_unknown_plan_is_not_found() {
        publish(aPlan("premium").build());
        CatalogServer.publish(Namespaces.fresh(), aPlan("foreign").build());
        api.customer("acme");

        for (Map<String, ?> plan :
                List.of(Map.of("key", "foreign"), Map.of("id", UNKNOWN), Map.of("key", "premium", "version", 2))) {
            subscribe(Map.of("key", "acme"), plan).statusCode(404).body("detail", containsString("plan"));
        }
    }

    @Test
    void a_customer_has_one_subscription_until_its_end() {
        MovableClock.set(NOW);
        publish(aPlan("premium").build());
        publish(aPlan("basic").build());
        String customer = api.customer("acme");
        String id = api.subscribe(customer, "premium");
        refusedAsSecond(customer);

        cancel(id, "next_billing_cycle").statusCode(200);
        MovableClock.advance(Duration.ofDays(20));
        refusedAsSecond(customer);
        MovableClock.set(Instant.parse("2031-02-28T10:23:45Z"));
        assertThat(api.subscribe(customer, "basic")).isNotEqualTo(id);
        api.get(SUBSCRIPTIONS + "/" + id).body("status", equalTo("inactive"));
    }

    @Test
    void after_an_immediate_end_the_next_one_starts_at_once_and_never_before_it() {
        MovableClock.set(NOW);
        publish(aPlan("premium").build());
        String customer = api.customer("acme");
        String first = api.subscribe(customer, "premium");
        MovableClock.advance(Duration.ofMillis(10));

        cancel(first, "immediate")
                .statusCode(200)
                .body("status", equalTo("inactive"))
                .body("active_to", equalTo("2031-01-31T10:23:45.688901Z"));
        MovableClock.advance(Duration.ofMillis(10));
        api.get(SUBSCRIPTIONS + "/" + api.subscribe(customer, "premium"))
                .body("active_from", equalTo("2031-01-31T10:23:45.688901Z"))
                .body("status", equalTo("active"));
    }

    @Test
    void a_later_start_is_on_the_whole_second_also_after_an_end_in_it() {
        MovableClock.set(NOW);
        publish(aPlan("premium").build());
        String customer = api.customer("acme");
        String first = api.subscribe(customer, "premium");
        MovableClock.advance(Duration.ofSeconds(60));

        cancel(first, "immediate").body("active_to", equalTo("2031-01-31T10:24:45Z"));
        api.get(SUBSCRIPTIONS + "/" + api.subscribe(customer, "premium"))
                .body("active_from", equalTo("2031-01-31T10:24:45Z"));
    }

    @Test
    void the_anchor_can_be_chosen() {
        MovableClock.set(NOW);
        publish(aPlan("premium").build());
        String customer = api.customer("acme");

        api.post(
                        SUBSCRIPTIONS,
                        Map.of(
                                "customer",
                                Map.of("id", customer),
                                "plan",
                                Map.of("key", "premium"),
                                "billing_anchor",
                                "2031-01-01T02:00:00.9+02:00"))
                .statusCode(201)
                .body("billing_anchor", equalTo("2031-01-01T00:00:00Z"))
                .body("current_period.from", equalTo("2031-01-31T10:23:45Z"))
                .body("current_period.to", equalTo("2031-02-01T00:00:00Z"));
    }

    @Test
    void months_from_the_31st_do_not_drift() {
        MovableClock.set(NOW);
        publish(aPlan("premium").build());
        String id = api.subscribe(api.customer("acme"), "premium");

        for (String[] period : new String[][] {
            {"2031-02-28T10:23:44Z", "2031-01-31T10:23:45Z", "2031-02-28T10:23:45Z"},
            {"2031-02-28T10:23:45Z", "2031-02-28T10:23:45Z", "2031-03-31T10:23:45Z"},
            {"2031-03-31T10:23:45Z", "2031-03-31T10:23:45Z", "2031-04-30T10:23:45Z"},
            {"2032-02-29T10:23:45Z", "2032-02-29T10:23:45Z", "2032-03-31T10:23:45Z"}
        }) {
            MovableClock.set(Instant.parse(period[0]));
            api.get(SUBSCRIPTIONS + "/" + id)
                    .body("current_period.from", equalTo(period[1]))
                    .body("current_period.to", equalTo(period[2]));
        }
    }

    @Test
    void phases_follow_one_another_and_are_shown_as_far_as_the_subscription_reaches() {
        MovableClock.set(NOW);
        publish(aPlan("phased")
                .phase("trial", "P1M")
                .phase("ramp", "P1M")
                .phase("full", null)
                .build());
        String id = api.subscribe(api.customer("acme"), "phased");

        api.get(SUBSCRIPTIONS + "/" + id)
                .body("phases.key", contains("trial", "ramp", "full"))
                .body(
                        "phases.active_from",
                        contains("2031-01-31T10:23:45Z", "2031-02-28T10:23:45Z", "2031-03-31T10:23:45Z"))
                .body("phases[0].active_to", equalTo("2031-02-28T10:23:45Z"))
                .body("phases[1].active_to", equalTo("2031-03-31T10:23:45Z"))
                .body("phases[1].items[0].active_from", equalTo("2031-02-28T10:23:45Z"))
                .body("phases[1].items[0].active_to", equalTo("2031-03-31T10:23:45Z"))
                .body("phases[2].active_to", nullValue());
        cancel(id, "next_billing_cycle")
                .body("phases.key", contains("trial"))
                .body("phases[0].items[0].active_to", equalTo("2031-02-28T10:23:45Z"));
        unschedule(id).body("phases.key", contains("trial", "ramp", "full"));
    }

    @Test
    void settlement_cost_basis_and_pro_rating_are_the_requests_or_the_plans() {
        publish(aPlan("premium").settledBy("credit_only").withoutProRating().build());
        api.customer("acme");
        api.customer("beta");

        subscribe(Map.of("key", "acme"), Map.of("key", "premium"))
                .body("settlement_mode", equalTo("credit_only"))
                .body("pro_rating_config", equalTo(Map.of("enabled", false, "mode", "no_proration")));
        api.post(
                        SUBSCRIPTIONS,
                        Map.of(
                                "customer",
                                Map.of("key", "beta"),
                                "plan",
                                Map.of("key", "premium"),
                                "settlement_mode",
                                "credit_then_invoice",
                                "cost_basis_mode",
                                "pinned"))
                .statusCode(201)
                .body("settlement_mode", equalTo("credit_then_invoice"))
                .body("cost_basis_mode", equalTo("pinned"));
    }

    @Test
    void the_first_priced_subscription_settles_the_customers_currency() {
        publish(aPlan("premium").in("EUR").build());
        String customer = api.customer("acme");
        api.subscribe(customer, "premium");

        api.get(CUSTOMERS + "/" + customer).body("currency", equalTo("EUR"));
        api.put(CUSTOMERS + "/" + customer, Map.of("name", "A", "currency", "USD"))
                .statusCode(400)
                .body("extensions.validationErrors[0].code", equalTo("customer_currency_fixed"))
                .body("extensions.validationErrors[0].field", equalTo("currency"));
        api.put(CUSTOMERS + "/" + customer, Map.of("name", "A")).statusCode(200).body("currency", equalTo("EUR"));
        api.put(CUSTOMERS + "/" + customer, Map.of("name", "A", "currency", "EUR"))
                .statusCode(200);
    }

    @Test
    void a_plan_in_another_currency_is_refused_unless_it_is_free() {
        publish(aPlan("premium").in("EUR").build());
        publish(aPlan("free").in("EUR").free().build());
        publish(aPlan("zero")
                .in("EUR")
                .priced(new RateCardPrice.Flat(BigDecimal.ZERO))
                .build());
        String customer = api.customer(Map.of("key", "acme", "name", "Acme", "currency", "USD"));

        for (String plan : List.of("premium", "zero")) {
            subscribe(Map.of("id", customer), Map.of("key", plan))
                    .statusCode(400)
                    .body("type", equalTo("about:blank"))
                    .body("extensions.validationErrors[0].code", equalTo("customer_currency_mismatch"));
        }
        subscribe(Map.of("id", customer), Map.of("key", "free"))
                .statusCode(201)
                .body("invoice_currency", equalTo("EUR"));
        api.get(CUSTOMERS + "/" + customer).body("currency", equalTo("USD"));
        api.put(CUSTOMERS + "/" + customer, Map.of("name", "A", "currency", "CHF"))
                .statusCode(200)
                .body("currency", equalTo("CHF"));
    }

    @Test
    void a_cancelation_with_the_cycle_holds_to_its_end_and_can_be_taken_back_until_then() {
        MovableClock.set(NOW);
        publish(aPlan("premium").build());
        String id = api.subscribe(api.customer("acme"), "premium");
        MovableClock.advance(Duration.ofDays(3));

        cancel(id, "next_billing_cycle")
                .statusCode(200)
                .body("status", equalTo("canceled"))
                .body("active_to", equalTo("2031-02-28T10:23:45Z"))
                .body("updated_at", equalTo(NOW.plus(Duration.ofDays(3)).toString()))
                .body("current_period.to", equalTo("2031-02-28T10:23:45Z"))
                .body("phases[0].active_to", equalTo("2031-02-28T10:23:45Z"));
        refusedAction(cancel(id, "immediate"), "cancel", "canceled");
        unschedule(id).statusCode(200).body("status", equalTo("active")).body("active_to", nullValue());
        refusedAction(unschedule(id), "unschedule_cancelation", "active");

        cancel(id, "next_billing_cycle").statusCode(200);
        MovableClock.set(Instant.parse("2031-02-28T10:23:45Z"));
        api.get(SUBSCRIPTIONS + "/" + id).body("status", equalTo("inactive")).body("current_period", nullValue());
        refusedAction(unschedule(id), "unschedule_cancelation", "inactive");
        refusedAction(cancel(id, "immediate"), "cancel", "inactive");
    }

    @Test
    void an_end_can_be_named_if_a_billing_period_starts_there() {
        MovableClock.set(NOW);
        publish(aPlan("premium").build());
        String id = api.subscribe(api.customer("acme"), "premium");

        for (String wrong : List.of("2031-03-01T00:00:00Z", "2031-01-31T10:23:45Z", "2030-12-31T10:23:45Z")) {
            cancel(id, wrong)
                    .statusCode(400)
                    .body("invalid_parameters[0].field", equalTo("timing"))
                    .body("invalid_parameters[0].rule", equalTo("invalid"));
        }
        cancel(id, "2031-03-31T12:23:45+02:00")
                .statusCode(200)
                .body("active_to", equalTo("2031-03-31T10:23:45Z"))
                .body("current_period.to", equalTo("2031-02-28T10:23:45Z"));
    }

    @Test
    void an_odd_timing_is_refused() {
        publish(aPlan("premium").build());
        String id = api.subscribe(api.customer("acme"), "premium");

        for (Object timing : List.of("now", "2031-13-01T00:00:00Z", 5, List.of(), "", "9999-12-31T23:59:59Z")) {
            api.post(SUBSCRIPTIONS + "/" + id + "/cancel", Map.of("timing", timing))
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("invalid_parameters[0].field", equalTo("timing"));
        }
        api.post(SUBSCRIPTIONS + "/" + id + "/cancel", Map.of("when", "immediate"))
                .statusCode(400)
                .body("invalid_parameters[0].rule", equalTo("unknown_property"));
        api.call()
                .contentType(ContentType.JSON)
                .post(SUBSCRIPTIONS + "/" + id + "/cancel")
                .then()
                .statusCode(400);
        api.get(SUBSCRIPTIONS + "/" + id).body("status", equalTo("active"));
    }

    @Test
    void without_a_timing_the_end_is_now() {
        publish(aPlan("premium").build());
        String id = api.subscribe(api.customer("acme"), "premium");

        api.post(SUBSCRIPTIONS + "/" + id + "/cancel", Map.of()).statusCode(200).body("status", equalTo("inactive"));
    }

    @Test
    void unknown_malformed_and_foreign_ids_are_not_found() {
        Api other = new Api(Namespaces.fresh());
        CatalogServer.publish(other.namespace(), aPlan("premium").build());
        String foreign = other.subscribe(other.customer("acme"), "premium");

        for (String id : List.of(UNKNOWN, foreign, "nonsense", "%00")) {
            String path = SUBSCRIPTIONS + "/" + id;
            for (ValidatableResponse answer : List.of(
                    api.call().urlEncodingEnabled(false).get(path).then(),
                    api.call()
                            .urlEncodingEnabled(false)
                            .contentType(ContentType.JSON)
                            .body("{}")
                            .post(path + "/cancel")
                            .then(),
                    api.call()
                            .urlEncodingEnabled(false)
                            .post(path + "/unschedule-cancelation")
                            .then())) {
                answer.statusCode(404).contentType("application/problem+json").body("type", endsWith("/not-found"));
            }
        }
        other.get(SUBSCRIPTIONS + "/" + foreign).body("status", equalTo("active"));
    }

    @Test
    void a_list_can_be_filtered_sorted_and_paged() {
        MovableClock.set(NOW);
        Plan premium = publish(aPlan("premium").build());
        publish(aPlan("basic").build());
        String acme = api.customer("acme");
        String over = api.subscribe(acme, "basic");
        MovableClock.advance(Duration.ofDays(1));
        cancel(over, "immediate").statusCode(200);
        MovableClock.advance(Duration.ofDays(1));
        String active = api.subscribe(acme, "premium");
        MovableClock.advance(Duration.ofDays(1));
        String ending = api.subscribe(api.customer("beta"), "premium");
        cancel(ending, "next_billing_cycle").statusCode(200);

        list().body("data.id", contains(over, active, ending))
                .body("data.status", contains("inactive", "active", "canceled"))
                .body("meta.page.total", equalTo(3));
        list("sort", "active_from desc").body("data.id", contains(ending, active, over));
        list("sort", "active_to").body("data.id", contains(over, ending, active));
        list("sort", "id desc", "page[size]", "1", "page[number]", "2").body("data.id", contains(active));
        list("filter[status]", "active").body("data.id", contains(active)).body("meta.page.total", equalTo(1));
        list("filter[status]", "canceled").body("data.id", contains(ending));
        list("filter[status]", "inactive").body("data.id", contains(over));
        list("filter[status]", "scheduled").body("data", empty());
        list("filter[status]", "unheard_of").body("data", empty());
        list("filter[status][neq]", "active").body("data.id", contains(over, ending));
        list("filter[status][oeq]", "active,canceled").body("data.id", contains(active, ending));
        list("filter[customer_id]", acme).body("data.id", contains(over, active));
        list("filter[customer_id][neq]", acme).body("data.id", contains(ending));
        list("filter[id][oeq]", over + "," + ending).body("data.id", contains(over, ending));
        list("filter[plan_id]", premium.id()).body("data.id", contains(active, ending));
        list("filter[plan_key]", "basic").body("data.id", contains(over));
        list("filter[plan_key]", "premium", "filter[status]", "active", "filter[customer_id]", acme)
                .body("data.id", contains(active));
    }

    @Test
    void wrong_list_parameters_are_all_named_in_one_problem() {
        api.call()
                .queryParam("sort", "status")
                .queryParam("filter[status][contains]", "a")
                .queryParam("filter[customer_id]", "acme")
                .queryParam("filter[name]", "a")
                .queryParam("page[after]", "x")
                .get(SUBSCRIPTIONS)
                .then()
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        containsInAnyOrder(
                                "sort",
                                "filter[status][contains]",
                                "filter[customer_id]",
                                "filter[name]",
                                "page[after]"));
    }

    private Plan publish(Plan plan) {
        return CatalogServer.publish(api.namespace(), plan);
    }

    private ValidatableResponse subscribe(Map<String, ?> customer, Map<String, ?> plan) {
        return api.post(SUBSCRIPTIONS, Map.of("customer", customer, "plan", plan));
    }

    private ValidatableResponse cancel(String id, String timing) {
        return api.post(SUBSCRIPTIONS + "/" + id + "/cancel", Map.of("timing", timing));
    }

    private ValidatableResponse unschedule(String id) {
        return api.call()
                .post(SUBSCRIPTIONS + "/" + id + "/unschedule-cancelation")
                .then();
    }

    private ValidatableResponse list(String... namesAndValues) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return api.call().queryParams(parameters).get(SUBSCRIPTIONS).then().statusCode(200);
    }

    private void refusedAsSecond(String customer) {
        subscribe(Map.of("id", customer), Map.of("key", "basic"))
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body(
                        "extensions.validationErrors[0].code",
                        equalTo("only_single_subscription_allowed_per_customer_at_a_time"));
    }

    private static void refusedAction(ValidatableResponse answer, String action, String status) {
        answer.statusCode(409)
                .contentType("application/problem+json")
                .body("extensions.validationErrors[0].code", equalTo("subscription_action_not_allowed"))
                .body("extensions.validationErrors[0].action", equalTo(action))
                .body("extensions.validationErrors[0].status", equalTo(status));
    }
}
