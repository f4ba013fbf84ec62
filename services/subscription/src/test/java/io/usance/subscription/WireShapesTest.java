package io.usance.subscription;

import static io.usance.subscription.Api.CUSTOMERS;
import static io.usance.subscription.Api.SUBSCRIPTIONS;
import static io.usance.subscription.PlanBuilder.aPlan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.contracts.catalog.RateCardPrice.Flat;
import io.usance.contracts.catalog.RateCardPrice.Tier;
import io.usance.contracts.catalog.RateCardPrice.Unit;
import io.usance.runtime.wire.WireFormat;
import io.usance.runtime.wire.WireSchemas;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything that is answered has the shape that the API's description gives it. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(CatalogServer.class)
class WireShapesTest {
    @Inject
    WireSchemas schemas;

    private final Api api = new Api(Namespaces.fresh());

    @Test
    void customers() throws JsonProcessingException {
        String bare = api.customer("bare");
        String full = api.customer(Map.of(
                "key",
                "full",
                "name",
                "Full",
                "description",
                "d",
                "labels",
                Map.of("a", "b"),
                "usage_attribution",
                Map.of("subject_keys", List.of("s")),
                "primary_email",
                "a@b.c",
                "currency",
                "USD",
                "billing_address",
                Map.of("country", "DE", "line1", "l")));

        assertShape("BillingCustomer", api.get(CUSTOMERS + "/" + bare));
        assertShape("BillingCustomer", api.get(CUSTOMERS + "/" + full));
        assertShape("CustomerPagePaginatedResponse", api.get(CUSTOMERS));
        api.delete(CUSTOMERS + "/" + bare).statusCode(204);
        assertShape("BillingCustomer", api.get(CUSTOMERS + "/" + bare));
        assertShape("BillingCustomer", api.put(CUSTOMERS + "/" + full, Map.of("name", "F")));
    }

    @Test
    void subscriptions_to_plans_of_every_price_and_entitlement() throws JsonProcessingException {
        BigDecimal one = new BigDecimal("1.50");
        List<Tier> tiers =
                List.of(new Tier(BigDecimal.TEN, new Flat(one), null), new Tier(null, new Flat(one), new Unit(one)));
        List<RateCardPrice> prices = List.of(
                new RateCardPrice.Free(),
                new Flat(one),
                new Unit(one),
                new RateCardPrice.Graduated(tiers),
                new RateCardPrice.Volume(tiers));
        List<RateCard.Entitlement> entitlements = List.of(
                new RateCard.BooleanEntitlement(),
                new RateCard.StaticEntitlement(
                        JsonNodeFactory.instance.objectNode().put("seats", 5)),
                new RateCard.MeteredEntitlement(false, new BigDecimal("100.5"), "P1M"));
        for (int i = 0; i < prices.size(); i++) {
            CatalogServer.publish(
                    api.namespace(),
                    aPlan("plan_" + i)
                            .priced(prices.get(i))
                            .entitled(entitlements.get(i % entitlements.size()))
                            .phase("trial", "P1M")
                            .phase("full", null)
                            .build());
            String id = api.subscribe(api.customer("customer-" + i), "plan_" + i);
            assertShape("BillingSubscription", api.get(SUBSCRIPTIONS + "/" + id));
        }
        assertShape("SubscriptionPagePaginatedResponse", api.get(SUBSCRIPTIONS));
    }

    @Test
    void subscriptions_through_their_life() throws JsonProcessingException {
        CatalogServer.publish(api.namespace(), aPlan("premium").build());
        String path = SUBSCRIPTIONS + "/" + api.subscribe(api.customer("acme"), "premium");

        assertShape(
                "BillingSubscription",
                api.post(path + "/cancel", Map.of("timing", "next_billing_cycle"))
                        .statusCode(200));
        assertShape(
                "BillingSubscription",
                api.call().post(path + "/unschedule-cancelation").then().statusCode(200));
        assertShape("BillingSubscription", api.post(path + "/cancel", Map.of()).statusCode(200));
    }

    @Test
    void problems() throws JsonProcessingException {
        CatalogServer.publish(api.namespace(), aPlan("premium").build());
        String customer = api.customer("acme");
        String subscription = api.subscribe(customer, "premium");

        assertShape("BadRequestError", api.post(CUSTOMERS, Map.of("key", "")).statusCode(400));
        assertShape(
                "BadRequestError",
                api.get(CUSTOMERS + "?page[size]=0&sort=color").statusCode(400));
        assertShape(
                "BadRequestError",
                api.post(SUBSCRIPTIONS, Map.of("customer", Map.of(), "plan", Map.of()))
                        .statusCode(400));
        assertShape("NotFoundError", api.get(CUSTOMERS + "/nonsense").statusCode(404));
        assertShape(
                "ConflictError",
                api.post(CUSTOMERS, Map.of("key", "acme", "name", "A")).statusCode(409));
        assertShape(
                "ValidationProblem",
                api.post(SUBSCRIPTIONS, Map.of("customer", Map.of("id", customer), "plan", Map.of("key", "premium")))
                        .statusCode(409));
        assertShape("ValidationProblem", api.delete(CUSTOMERS + "/" + customer).statusCode(412));
        assertShape(
                "ValidationProblem",
                api.call()
                        .post(SUBSCRIPTIONS + "/" + subscription + "/unschedule-cancelation")
                        .then()
                        .statusCode(409));
    }

    private void assertShape(String schema, ValidatableResponse response) throws JsonProcessingException {
        JsonNode body = WireFormat.mapper().readTree(response.extract().asString());
        assertThat(schemas.faults(schema, body)).as("%s", body).isEmpty();
    }
}
