package io.usance.subscription.subscription;

import static io.usance.subscription.Api.CUSTOMERS;
import static io.usance.subscription.Api.SUBSCRIPTIONS;
import static io.usance.subscription.PlanBuilder.aPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.subscription.Api;
import io.usance.subscription.CatalogServer;
import io.usance.subscription.Together;
import io.usance.testkit.Database;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(CatalogServer.class)
class SubscriptionRaceTest {
    private static final int CALLERS = 8;

    private final Api api = new Api(Namespaces.fresh());

    @BeforeEach
    void publish_a_plan() {
        CatalogServer.publish(api.namespace(), aPlan("premium").build());
    }

    @Test
    void of_subscriptions_that_are_asked_for_at_once_a_customer_gets_one() throws Exception {
        String customer = api.customer("acme");

        assertThat(Together.run(Collections.nCopies(CALLERS, () -> subscribe(customer))))
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
    }

    @Test
    void after_an_end_too() throws Exception {
        String customer = api.customer("acme");
        cancel(api.subscribe(customer, "premium"));

        assertThat(Together.run(Collections.nCopies(CALLERS, () -> subscribe(customer))))
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
    }

    @RepeatedTest(3)
    void a_customer_that_is_deleted_and_subscribed_at_once_is_either() throws Exception {
        String customer = api.customer("acme");

        List<Integer> statuses = Together.run(List.of(() -> subscribe(customer), () -> delete(customer)));

        assertThat(statuses).isIn(List.of(201, 412), List.of(404, 204));
    }

    @Test
    void of_cancelations_at_once_one_is_taken() throws Exception {
        String id = api.subscribe(api.customer("acme"), "premium");

        assertThat(Together.run(Collections.nCopies(CALLERS, () -> cancel(id))))
                .containsOnlyOnce(200)
                .containsOnly(200, 409);
        assertThat(Database.count("select sequence from subscription.subscription where id = ?", id))
                .isEqualTo(2);
    }

    @Test
    void an_end_cannot_be_taken_back_when_another_subscription_has_begun_by_a_clock_that_is_ahead() {
        String id = api.subscribe(api.customer("acme"), "premium");
        api.post(SUBSCRIPTIONS + "/" + id + "/cancel", Map.of("timing", "next_billing_cycle"))
                .statusCode(200);
        assertThat(Database.update("""
                        insert into subscription.subscription
                        select (jsonb_populate_record(s, jsonb_build_object('id', reverse(s.id), 'active_to', null))).*
                        from subscription.subscription s where s.id = ?
                        """, id)).isEqualTo(1);

        api.call()
                .post(SUBSCRIPTIONS + "/" + id + "/unschedule-cancelation")
                .then()
                .statusCode(409)
                .body(
                        "extensions.validationErrors[0].code",
                        equalTo("only_single_subscription_allowed_per_customer_at_a_time"));
    }

    @Test
    void an_end_that_is_taken_back_while_another_subscription_is_asked_for_leaves_one() throws Exception {
        String customer = api.customer("acme");
        String id = api.subscribe(customer, "premium");
        api.post(SUBSCRIPTIONS + "/" + id + "/cancel", Map.of("timing", "next_billing_cycle"))
                .statusCode(200);

        assertThat(Together.run(List.of(
                        () -> subscribe(customer),
                        () -> api.call()
                                .post(SUBSCRIPTIONS + "/" + id + "/unschedule-cancelation")
                                .statusCode())))
                .containsExactly(409, 200);
    }

    private int subscribe(String customer) {
        return api.post(SUBSCRIPTIONS, Map.of("customer", Map.of("id", customer), "plan", Map.of("key", "premium")))
                .extract()
                .statusCode();
    }

    private int cancel(String id) {
        return api.post(SUBSCRIPTIONS + "/" + id + "/cancel", Map.of("timing", "immediate"))
                .extract()
                .statusCode();
    }

    private int delete(String customer) {
        return api.delete(CUSTOMERS + "/" + customer).extract().statusCode();
    }
}
