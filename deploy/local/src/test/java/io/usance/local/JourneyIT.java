package io.usance.local;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.usance.testkit.Eventually;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide from the first meter to the first invoice, on the real stack, through the gateway. */
class JourneyIT {
    private static final Stack stack = Stack.shared();

    @ParameterizedTest
    @ValueSource(strings = {"/v3/openmeter", "/api/v3/openmeter"})
    void three_agent_runs_cost_three_dollars(String base) {
        String run = "r" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        String subject = "acme-inc-" + run;
        String type = "agent_run_" + run;

        Map<String, Object> template = api().get(base + "/meter-templates")
                .then()
                .statusCode(200)
                .extract()
                .path("data.find { it.name == 'Count agent runs' }.meter");
        assertThat(template)
                .containsEntry("key", "agent_runs_total")
                .containsEntry("event_type", "agent_run")
                .containsEntry("aggregation", "count");
        Map<String, Object> meterBody = new java.util.HashMap<>(template);
        meterBody.put("key", "agent_runs_" + run);
        meterBody.put("event_type", type);
        String meter = created(base + "/meters", meterBody);

        String feature = created(
                base + "/features", Map.of("name", "Agent Runs", "key", "runs_" + run, "meter", Map.of("id", meter)));

        String plan = created(
                base + "/plans",
                Map.of(
                        "name",
                        "Premium Plan",
                        "key",
                        "premium_" + run,
                        "currency",
                        "USD",
                        "billing_cadence",
                        "P1M",
                        "phases",
                        List.of(Map.of(
                                "name",
                                "default",
                                "key",
                                "default",
                                "rate_cards",
                                List.of(Map.of(
                                        "name",
                                        "Agent Runs",
                                        "key",
                                        "runs_" + run,
                                        "feature",
                                        Map.of("id", feature),
                                        "billing_cadence",
                                        "P1M",
                                        "price",
                                        Map.of("type", "unit", "amount", "1"),
                                        "entitlement",
                                        Map.of("type", "boolean")))))));
        api().post(base + "/plans/" + plan + "/publish").then().statusCode(200).body("status", equalTo("active"));

        String customer = created(base + "/customers", Map.of("name", "Acme Inc", "key", subject));
        ValidatableResponse subscription = api().contentType(ContentType.JSON)
                .body(Map.of("customer", Map.of("id", customer), "plan", Map.of("key", "premium_" + run)))
                .post(base + "/subscriptions")
                .then()
                .statusCode(201)
                .body("status", equalTo("active"));
        String start = subscription.extract().path("active_from");

        preview(base, customer).body("data[0].lines[0].usage_quantity_detail.invoiced_quantity", equalTo("0"));

        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        send(base, event("8655CDD7-" + run, type, subject, now, "summarizer"));
        send(base, event("3EC7EFD0-" + run, type, subject, now, "summarizer"));
        long sent = System.nanoTime();
        send(base, event("48FC220C-" + run, type, subject, now, "translator"));
        Eventually.holds(
                Duration.ofSeconds(1),
                () -> preview(base, customer)
                        .body("data[0].lines[0].usage_quantity_detail.invoiced_quantity", equalTo("3")));
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(1));

        preview(base, customer)
                .body("data", hasSize(1))
                .body("data[0].lines", hasSize(1))
                .body("data[0].lines[0].name", equalTo("Agent Runs"))
                .body("data[0].lines[0].detailed_lines[0].quantity", equalTo("3"))
                .body("data[0].lines[0].detailed_lines[0].unit_price", equalTo("1"))
                .body("data[0].lines[0].service_period.from", equalTo(start));
        assertThat(new BigDecimal(preview(base, customer).extract().<String>path("data[0].totals.total")))
                .isEqualByComparingTo("3");

        // Sent again, and sent for a time before the subscription: neither is on the invoice.
        send(base, event("8655CDD7-" + run, type, subject, now, "summarizer"));
        send(base, event("earlier-" + run, type, subject, "2020-01-01T00:00:00Z", "summarizer"));
        Eventually.holds(
                Duration.ofSeconds(5), () -> query(base, meter, Map.of()).body("data[0].value", equalTo("4")));
        preview(base, customer).body("data[0].lines[0].detailed_lines[0].quantity", equalTo("3"));

        query(base, meter, Map.of("from", start, "group_by_dimensions", List.of("agent_name")))
                .body(
                        "data.collect { it.dimensions.agent_name + ' ' + it.value }",
                        containsInAnyOrder("summarizer 2", "translator 1"));
        query(base, meter, Map.of("group_by_dimensions", List.of("customer_id"), "from", start))
                .body("data[0].dimensions.customer_id", equalTo(customer));
        api().get(base + "/events?filter[subject]=" + subject + "&page[size]=10")
                .then()
                .statusCode(200)
                .body("data", hasSize(4))
                .body("data.customer.id", hasItem(customer));
    }

    @Test
    void a_plan_can_be_subscribed_to_in_the_next_request() {
        String base = "/v3/openmeter";
        for (int i = 0; i < 100; i++) {
            String run = "w" + i + Long.toString(System.nanoTime(), 36);
            String plan = created(
                    base + "/plans",
                    Map.of(
                            "name",
                            "Fee",
                            "key",
                            run,
                            "currency",
                            "EUR",
                            "billing_cadence",
                            "P1M",
                            "phases",
                            List.of(Map.of(
                                    "name",
                                    "default",
                                    "key",
                                    "default",
                                    "rate_cards",
                                    List.of(Map.of(
                                            "name",
                                            "Fee",
                                            "key",
                                            "fee",
                                            "billing_cadence",
                                            "P1M",
                                            "price",
                                            Map.of("type", "flat", "amount", "5")))))));
            String customer = created(base + "/customers", Map.of("name", "C", "key", run));
            api().post(base + "/plans/" + plan + "/publish").then().statusCode(200);
            api().contentType(ContentType.JSON)
                    .body(Map.of(
                            "customer",
                            Map.of("id", customer),
                            "plan",
                            i % 2 == 0 ? Map.of("id", plan) : Map.of("key", run)))
                    .post(base + "/subscriptions")
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void a_value_of_many_digits_comes_back_unchanged() {
        String base = "/v3/openmeter";
        String run = "d" + Long.toString(System.nanoTime(), 36);
        String meter = created(
                base + "/meters",
                Map.of("name", "Digits", "key", run, "event_type", run, "aggregation", "sum", "value_property", "$.v"));
        api().contentType("application/json")
                .body("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"" + run
                        + "\",\"subject\":\"x\",\"data\":{\"v\":12345678901234567890.123456789}}")
                .post(base + "/events")
                .then()
                .statusCode(202);

        Eventually.holds(
                Duration.ofSeconds(5),
                () -> query(base, meter, Map.of()).body("data[0].value", equalTo("12345678901234567890.123456789")));
    }

    private static RequestSpecification api() {
        return given().baseUri(stack.baseUri().toString()).auth().oauth2(stack.token());
    }

    private static String created(String path, Object body) {
        return api().contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void send(String base, String event) {
        api().contentType("application/cloudevents+json")
                .body(event)
                .post(base + "/events")
                .then()
                .statusCode(202);
    }

    private static ValidatableResponse preview(String base, String customer) {
        return api().get(base + "/customers/" + customer + "/billing/invoice-preview")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse query(String base, String meter, Map<String, Object> question) {
        return api().contentType(ContentType.JSON)
                .body(question)
                .post(base + "/meters/" + meter + "/query")
                .then()
                .statusCode(200);
    }

    private static String event(String id, String type, String subject, String time, String agent) {
        return """
                {"specversion": "1.0", "type": "%s", "id": "%s", "source": "acme-platform", "time": "%s",
                 "datacontenttype": "application/json", "subject": "%s", "data": {"agent_name": "%s"}}
                """.formatted(type, id, time, subject, agent);
    }
}
