package io.usance.subscription.subscription;

import static io.usance.subscription.Api.CUSTOMERS;
import static io.usance.subscription.Api.SUBSCRIPTIONS;
import static io.usance.subscription.PlanBuilder.aPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.contracts.subscription.Customer;
import io.usance.contracts.subscription.CustomerSubscriptions;
import io.usance.contracts.subscription.SubscriptionCreated;
import io.usance.runtime.wire.WireFormat;
import io.usance.subscription.Api;
import io.usance.subscription.CatalogServer;
import io.usance.subscription.Events;
import io.usance.subscription.MovableClock;
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
class InternalAnswersTest {
    private final Api api = new Api(Namespaces.fresh());

    @AfterEach
    void let_the_clock_run() {
        MovableClock.reset();
    }

    @Test
    void a_customer_is_told_as_on_the_topic_whatever_the_callers_role() throws JsonProcessingException {
        String id = api.customer(
                Map.of("key", "acme", "name", "Acme", "usage_attribution", Map.of("subject_keys", List.of("b", "a"))));

        String told = api.call("ingest").get("/internal/customers/" + id).asString();
        assertThat(WireFormat.mapper().readValue(told, Customer.class))
                .isEqualTo(new Customer(id, "acme", "Acme", List.of("b", "a"), null, null));
    }

    @Test
    void unknown_foreign_deleted_and_malformed_customers_are_not_found() {
        String foreign = new Api(Namespaces.fresh()).customer("foreign");
        String deleted = api.customer("deleted");
        api.delete(CUSTOMERS + "/" + deleted).statusCode(204);

        for (String id : List.of("01J8ZV4QXKPG1N6FSM8T4B7C9D", foreign, deleted, "nonsense")) {
            api.get("/internal/customers/" + id).statusCode(404);
            api.get("/internal/customers/" + id + "/subscriptions").statusCode(404);
        }
    }

    @Test
    void a_subscription_is_told_as_on_the_topic() throws JsonProcessingException {
        CatalogServer.publish(api.namespace(), aPlan("premium").build());
        String customer = api.customer("acme");
        String id = api.subscribe(customer, "premium");

        String told = api.get("/internal/customers/" + customer + "/subscriptions")
                .statusCode(200)
                .extract()
                .asString();
        CustomerSubscriptions answer = WireFormat.mapper().readValue(told, CustomerSubscriptions.class);
        assertThat(answer.customer().id()).isEqualTo(customer);
        assertThat(answer.customer().currency()).isEqualTo("USD");
        assertThat(answer.subscriptions())
                .containsExactly(Events.published(api.namespace(), id, 1)
                        .getFirst()
                        .as(SubscriptionCreated.class)
                        .subscription());
    }

    @Test
    void subscriptions_that_ended_within_a_cadence_are_told_and_older_ones_are_not() {
        MovableClock.set(Instant.parse("2031-01-10T00:00:00Z"));
        CatalogServer.publish(api.namespace(), aPlan("premium").build());
        String customer = api.customer("acme");
        String path = "/internal/customers/" + customer + "/subscriptions";
        api.get(path).body("subscriptions.size()", equalTo(0));
        String first = api.subscribe(customer, "premium");
        MovableClock.set(Instant.parse("2031-01-20T00:00:00Z"));
        api.post(SUBSCRIPTIONS + "/" + first + "/cancel", Map.of()).statusCode(200);
        MovableClock.set(Instant.parse("2031-02-05T00:00:00Z"));
        String second = api.subscribe(customer, "premium");

        api.get(path).body("subscriptions.id", contains(first, second));
        MovableClock.set(Instant.parse("2031-02-19T23:59:59Z"));
        api.get(path).body("subscriptions.id", contains(first, second));
        MovableClock.advance(Duration.ofSeconds(1));
        api.get(path).body("subscriptions.id", contains(second));
    }
}
