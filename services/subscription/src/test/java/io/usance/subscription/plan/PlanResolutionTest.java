package io.usance.subscription.plan;

import static io.usance.subscription.Api.SUBSCRIPTIONS;
import static io.usance.subscription.PlanBuilder.aPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.usance.contracts.catalog.Plan;
import io.usance.contracts.catalog.PlanArchived;
import io.usance.contracts.catalog.PlanPublished;
import io.usance.subscription.Api;
import io.usance.subscription.CatalogServer;
import io.usance.subscription.CatalogServer.Mood;
import io.usance.subscription.Events;
import io.usance.subscription.PlanBuilder;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(CatalogServer.class)
class PlanResolutionTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant AGO = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant TO_COME = Instant.parse("2999-01-01T00:00:00Z");

    private final Api api = new Api(Namespaces.fresh());
    private int customers;

    /** Other tests ask catalog too: it answers again, and the circuit to it is closed, before they do. */
    @AfterEach
    void catalog_recovers() {
        CatalogServer.behave(Mood.ANSWERING);
        CatalogServer.publish(api.namespace(), aPlan("unheard_of").build());
        Eventually.holds(DEADLINE, () -> subscribe(Map.of("key", "unheard_of")).statusCode(201));
    }

    @Test
    void a_plan_can_be_subscribed_to_in_the_breath_after_it_was_published() {
        for (int i = 0; i < 20; i++) {
            String key = "plan_" + i;
            CatalogServer.publish(api.namespace(), aPlan(key).build());
            subscribe(Map.of("key", key)).statusCode(201).body("plan.key", equalTo(key));
        }
    }

    @Test
    void what_the_owner_says_goes_before_what_its_events_told() {
        Plan plan = told(aPlan("premium"));
        CatalogServer.archive(api.namespace(), plan);

        subscribe(Map.of("key", "premium")).statusCode(400);
        told(aPlan("deleted"));
        subscribe(Map.of("key", "deleted")).statusCode(404);
    }

    @Test
    void the_owners_refusal_is_passed_on() {
        CatalogServer.archive(api.namespace(), aPlan("premium").build());

        subscribe(Map.of("key", "premium"))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("detail", equalTo("plan premium is archived and cannot be subscribed to"))
                .body("extensions.validationErrors[0].code", equalTo("plan_invalid_status"))
                .body("extensions.validationErrors[0].field", equalTo("plan"));
        subscribe(Map.of("key", "unheard_of")).statusCode(404).body("detail", equalTo("no plan is like that"));
    }

    @Test
    void when_the_owner_fails_its_events_answer() {
        Plan first = told(aPlan("premium").version(1).effective(LONG_AGO, AGO));
        Plan second = told(aPlan("premium").version(2).effective(AGO, null));
        Plan third = told(aPlan("premium").version(3).effective(TO_COME, null));
        CatalogServer.behave(Mood.BROKEN);

        subscribe(Map.of("key", "premium")).statusCode(201).body("plan.id", equalTo(second.id()));
        subscribe(Map.of("key", "premium", "version", 2)).statusCode(201);
        subscribe(Map.of("id", second.id()))
                .statusCode(201)
                .body("phases[0].items[0].rate_card.price.amount", equalTo("1"));
        for (Map<String, ?> notInEffect : java.util.List.of(
                Map.of("key", "premium", "version", 1), Map.of("id", first.id()), Map.of("id", third.id()))) {
            subscribe(notInEffect)
                    .statusCode(400)
                    .body("extensions.validationErrors[0].code", equalTo("plan_invalid_status"));
        }
    }

    @Test
    void when_the_owner_does_not_answer_in_time_its_events_do() {
        told(aPlan("premium"));
        CatalogServer.behave(Mood.SILENT);

        long start = System.nanoTime();
        subscribe(Map.of("key", "premium")).statusCode(201);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void when_the_owner_fails_and_its_events_told_nothing_the_caller_is_told_to_come_again() {
        CatalogServer.behave(Mood.BROKEN);

        for (Map<String, ?> unknown : java.util.List.of(
                Map.of("key", "premium"),
                Map.of("key", "premium", "version", 1),
                Map.of("id", "01J8ZV4QXKPG1N6FSM8T4B7C9D"))) {
            subscribe(unknown)
                    .statusCode(503)
                    .header("Retry-After", matchesPattern("[1-9]\\d*"))
                    .contentType("application/problem+json")
                    .body("type", endsWith("/unavailable"))
                    .body("detail", containsString("catalog"));
        }
        assertThat(Database.count(
                        "select count(*) from subscription.subscription where namespace = ?", api.namespace()))
                .isZero();
    }

    @Test
    void an_owner_that_keeps_failing_is_left_alone_for_a_while() {
        told(aPlan("premium"));
        CatalogServer.behave(Mood.BROKEN);
        int before = CatalogServer.questions();
        for (int i = 0; i < 20; i++) {
            subscribe(Map.of("key", "premium")).statusCode(201);
        }

        assertThat(CatalogServer.questions() - before).isLessThan(20);
    }

    @Test
    void what_the_events_of_other_tenants_told_does_not_matter() {
        Plan plan = aPlan("premium").build();
        Events.fromCatalog(Namespaces.fresh(), plan.id(), 1, new PlanPublished(plan));
        told(aPlan("other"));
        CatalogServer.behave(Mood.BROKEN);

        subscribe(Map.of("id", plan.id())).statusCode(503);
    }

    @Test
    void an_end_that_was_told_stays_whatever_is_delivered_late_or_again() {
        Plan plan = aPlan("premium").build();
        Events.fromCatalog(api.namespace(), plan.id(), 2, new PlanArchived(plan.id(), AGO));
        String published = Events.fromCatalog(api.namespace(), plan.id(), 1, new PlanPublished(plan));
        Events.againFromCatalog(api.namespace(), plan.id(), published);
        awaitKnown(plan);
        CatalogServer.behave(Mood.BROKEN);

        subscribe(Map.of("key", "premium"))
                .statusCode(400)
                .body("extensions.validationErrors[0].code", equalTo("plan_invalid_status"));
        assertThat(Database.column(
                        "select sequence || ' ' || version from subscription.known_plan where namespace = ? and id = ?",
                        api.namespace(),
                        plan.id()))
                .containsExactly("2 1");
    }

    @Test
    void events_of_other_things_and_events_that_nobody_can_read_do_not_hold_up_the_rest() {
        Plan plan = aPlan("premium").build();
        Events.againFromCatalog(api.namespace(), plan.id(), "not json");
        Events.againFromCatalog(
                api.namespace(), plan.id(), """
                {"event_id": "%s", "type": "SomethingNew", "namespace": "%s", "entity_id": "%s", "sequence": 1,
                "occurred_at": "2026-01-01T00:00:00Z", "data": {}}""".formatted(java.util.UUID.randomUUID(), api.namespace(), plan.id()));
        Events.fromCatalog(api.namespace(), plan.id(), 1, new PlanPublished(plan));

        awaitKnown(plan);
    }

    /** Publishes a plan by an event only: catalog itself does not know it. */
    private Plan told(PlanBuilder builder) {
        Plan plan = builder.build();
        Events.fromCatalog(api.namespace(), plan.id(), 1, new PlanPublished(plan));
        awaitKnown(plan);
        return plan;
    }

    private void awaitKnown(Plan plan) {
        Eventually.holds(
                DEADLINE,
                () -> assertThat(Database.count(
                                "select count(*) from subscription.known_plan where namespace = ? and id = ? and plan is not null",
                                api.namespace(),
                                plan.id()))
                        .isEqualTo(1));
    }

    private ValidatableResponse subscribe(Map<String, ?> plan) {
        String customer = api.customer("customer-" + customers++);
        return api.post(SUBSCRIPTIONS, Map.of("customer", Map.of("id", customer), "plan", plan));
    }
}
