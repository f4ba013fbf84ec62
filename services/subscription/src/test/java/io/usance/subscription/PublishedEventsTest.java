package io.usance.subscription;

import static io.usance.subscription.Api.CUSTOMERS;
import static io.usance.subscription.Api.SUBSCRIPTIONS;
import static io.usance.subscription.PlanBuilder.AGENT_RUNS;
import static io.usance.subscription.PlanBuilder.aPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.contracts.catalog.Plan;
import io.usance.contracts.subscription.Address;
import io.usance.contracts.subscription.Customer;
import io.usance.contracts.subscription.CustomerCreated;
import io.usance.contracts.subscription.CustomerDeleted;
import io.usance.contracts.subscription.CustomerUpdated;
import io.usance.contracts.subscription.Subscription;
import io.usance.contracts.subscription.SubscriptionCancelationUnscheduled;
import io.usance.contracts.subscription.SubscriptionCanceled;
import io.usance.contracts.subscription.SubscriptionCreated;
import io.usance.runtime.delivery.Envelope;
import io.usance.runtime.wire.WireFormat;
import io.usance.testkit.Database;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(CatalogServer.class)
class PublishedEventsTest {
    private static final Instant NOW = Instant.parse("2031-01-31T10:23:45.678901Z");

    private final Api api = new Api(Namespaces.fresh());

    @AfterEach
    void let_the_clock_run() {
        MovableClock.reset();
    }

    @Test
    void the_life_of_a_customer_is_told_in_order() {
        MovableClock.set(NOW);
        String id = api.customer(Map.of(
                "key",
                "acme",
                "name",
                "Acme",
                "usage_attribution",
                Map.of("subject_keys", List.of("b", "a")),
                "billing_address",
                Map.of("country", "DE", "city", "Berlin")));
        api.put(CUSTOMERS + "/" + id, Map.of("name", "Acme II", "currency", "EUR"))
                .statusCode(200);
        api.delete(CUSTOMERS + "/" + id).statusCode(204);
        api.delete(CUSTOMERS + "/" + id).statusCode(204);

        List<Envelope> events = Events.published(api.namespace(), id, 3);
        assertThat(events).extracting(Envelope::sequence).containsExactly(1L, 2L, 3L);
        assertThat(events).extracting(Envelope::occurredAt).containsOnly(NOW);
        assertSaid(
                events.get(0),
                new CustomerCreated(new Customer(
                        id,
                        "acme",
                        "Acme",
                        List.of("b", "a"),
                        null,
                        new Address("DE", null, null, "Berlin", null, null, null))));
        assertSaid(events.get(1), new CustomerUpdated(new Customer(id, "acme", "Acme II", List.of(), "EUR", null)));
        assertSaid(events.get(2), new CustomerDeleted(id, NOW));
    }

    @Test
    void the_life_of_a_subscription_is_told_in_order_with_all_that_rating_needs() {
        MovableClock.set(NOW);
        Plan plan = CatalogServer.publish(
                api.namespace(),
                aPlan("phased").phase("trial", "P1M").phase("full", null).build());
        String customer = api.customer("acme");
        String id = api.subscribe(customer, "phased");
        String path = SUBSCRIPTIONS + "/" + id;
        api.post(path + "/cancel", Map.of("timing", "next_billing_cycle")).statusCode(200);
        api.call().post(path + "/unschedule-cancelation").then().statusCode(200);
        MovableClock.advance(Duration.ofDays(40));
        api.post(path + "/cancel", Map.of()).statusCode(200);

        List<Envelope> events = Events.published(api.namespace(), id, 4);
        assertThat(events).extracting(Envelope::sequence).containsExactly(1L, 2L, 3L, 4L);
        Subscription created = events.get(0).as(SubscriptionCreated.class).subscription();
        assertThat(created.customerId()).isEqualTo(customer);
        assertThat(created.plan()).isEqualTo(new Subscription.PlanReference(plan.id(), "phased", 1));
        assertThat(created.name()).isEqualTo("Plan phased");
        assertThat(created.currency()).isEqualTo("USD");
        assertThat(created.billingCadence()).isEqualTo("P1M");
        assertThat(created.billingAnchor()).isEqualTo("2031-01-31T10:23:45Z");
        assertThat(created.activeFrom()).isEqualTo("2031-01-31T10:23:45Z");
        assertThat(created.activeTo()).isNull();
        assertThat(created.proRatingEnabled()).isTrue();
        assertThat(created.settlementMode()).isEqualTo("credit_then_invoice");
        assertThat(created.features()).containsExactly(AGENT_RUNS);
        assertThat(created.phases()).extracting(Subscription.Phase::key).containsExactly("trial", "full");
        assertThat(created.phases().getFirst().activeTo()).isEqualTo("2031-02-28T10:23:45Z");
        assertThat(created.phases().getLast().items().getFirst().rateCard())
                .isEqualTo(plan.phases().getLast().rateCards().getFirst());
        assertThat(created.phases().getFirst().id())
                .isEqualTo(api.get(path).extract().path("phases[0].id"));

        Subscription canceled = events.get(1).as(SubscriptionCanceled.class).subscription();
        assertThat(canceled.activeTo()).isEqualTo("2031-02-28T10:23:45Z");
        assertThat(canceled.phases()).extracting(Subscription.Phase::key).containsExactly("trial");
        assertSaid(events.get(2), new SubscriptionCancelationUnscheduled(created));
        Subscription ended = events.get(3).as(SubscriptionCanceled.class).subscription();
        assertThat(ended.activeTo()).isEqualTo("2031-03-12T10:23:45Z");
        assertThat(ended.phases().getLast().items().getFirst().activeTo()).isEqualTo(ended.activeTo());
        events.forEach(event -> assertRoundTrip(event, event.as(type(event))));
    }

    @Test
    void a_settled_currency_is_told_as_an_update_of_the_customer() {
        CatalogServer.publish(api.namespace(), aPlan("premium").in("EUR").build());
        String customer = api.customer("acme");
        api.subscribe(customer, "premium");

        Envelope update = Events.published(api.namespace(), customer, 2).getLast();
        assertThat(update.as(CustomerUpdated.class).customer().currency()).isEqualTo("EUR");
    }

    @Test
    void what_is_refused_is_not_told() {
        CatalogServer.publish(api.namespace(), aPlan("premium").in("EUR").build());
        CatalogServer.publish(api.namespace(), aPlan("free").in("EUR").free().build());
        String customer = api.customer(Map.of("key", "acme", "name", "Acme", "currency", "USD"));
        api.post(SUBSCRIPTIONS, Map.of("customer", Map.of("id", customer), "plan", Map.of("key", "premium")))
                .statusCode(400);
        api.post(CUSTOMERS, Map.of("key", "acme", "name", "Acme")).statusCode(409);
        String subscription = api.subscribe(customer, "free");
        Events.published(api.namespace(), subscription, 1);

        assertThat(Database.count("select count(*) from subscription.outbox where namespace = ?", api.namespace()))
                .isZero();
        assertThat(Database.count(
                        "select count(*) from subscription.subscription where namespace = ?", api.namespace()))
                .isEqualTo(1);
        assertThat(Events.published(api.namespace(), customer, 1))
                .extracting(Envelope::type)
                .containsExactly("CustomerCreated");
    }

    /** The event is exactly the contract's record, also in its form. */
    private static void assertSaid(Envelope event, Record record) {
        assertThat(event.type()).isEqualTo(record.getClass().getSimpleName());
        assertThat(event.as(record.getClass())).isEqualTo(record);
        assertRoundTrip(event, record);
    }

    private static void assertRoundTrip(Envelope event, Record record) {
        assertThat(event.data().toString())
                .isEqualTo(WireFormat.mapper().valueToTree(record).toString());
    }

    private static Class<? extends Record> type(Envelope event) {
        return switch (event.type()) {
            case "SubscriptionCreated" -> SubscriptionCreated.class;
            case "SubscriptionCanceled" -> SubscriptionCanceled.class;
            case "SubscriptionCancelationUnscheduled" -> SubscriptionCancelationUnscheduled.class;
            default -> throw new AssertionError(event.type());
        };
    }
}
