package io.usance.invoicing.preview;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.usance.contracts.Topics;
import io.usance.contracts.catalog.Feature;
import io.usance.contracts.catalog.FeatureMeter;
import io.usance.contracts.catalog.FeatureReference;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.contracts.subscription.Customer;
import io.usance.contracts.subscription.CustomerCreated;
import io.usance.contracts.subscription.CustomerDeleted;
import io.usance.contracts.subscription.CustomerSubscriptions;
import io.usance.contracts.subscription.Subscription;
import io.usance.contracts.subscription.SubscriptionCreated;
import io.usance.invoicing.Neighbours;
import io.usance.runtime.delivery.Envelope;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import io.usance.testkit.Tokens;
import io.usance.testkit.Topic;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Neighbours.class)
class InvoicePreviewTest {
    private static final String CUSTOMER = "01JACME0000000000000000000";
    private static final String FEATURE = "01JFEATRE00000000000000000";
    private static final String METER = "01JMETER000000000000000000";

    @Inject
    ObjectMapper json;

    private final String namespace = Namespaces.fresh();
    private final Instant start = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    private final AtomicReference<String> asked = new AtomicReference<>();

    @BeforeEach
    void usage_is_three() {
        usageIs("3");
    }

    @Test
    void three_runs_at_one_dollar_are_three_dollars() {
        subscribed("USD", metered("Agent Runs", new RateCardPrice.Unit(new BigDecimal("1"))));

        preview()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].status", equalTo("draft"))
                .body("data[0].status_details.extended_status", equalTo("preview"))
                .body("data[0].currency", equalTo("USD"))
                .body("data[0].customer.key", equalTo("acme-inc"))
                .body("data[0].workflow.source_billing_profile.id", notNullValue())
                .body("data[0].lines", hasSize(1))
                .body("data[0].lines[0].name", equalTo("Agent Runs"))
                .body("data[0].lines[0].rate_card.feature_key", equalTo("agent_runs"))
                .body("data[0].lines[0].usage_quantity_detail.invoiced_quantity", equalTo("3"))
                .body("data[0].lines[0].detailed_lines[0].quantity", equalTo("3"))
                .body("data[0].lines[0].detailed_lines[0].unit_price", equalTo("1"))
                .body("data[0].lines[0].service_period.from", equalTo(start.toString()))
                .body("data[0].lines[0].totals.total", equalTo("3.00"))
                .body("data[0].totals.total", equalTo("3.00"));
    }

    @Test
    void usage_is_asked_for_the_customers_subjects_in_the_service_period() throws Exception {
        subscribed("USD", metered("Agent Runs", new RateCardPrice.Unit(BigDecimal.ONE)));

        preview().statusCode(200);

        var line = json.readTree(asked.get()).get("lines").get(0);
        assertThat(line.get("meter_id").asText()).isEqualTo(METER);
        assertThat(line.get("subjects").findValuesAsText("")).isEmpty();
        assertThat(json.convertValue(line.get("subjects"), String[].class)).containsExactly("acme-inc", CUSTOMER);
        assertThat(line.get("from").asText()).isEqualTo(start.toString());
    }

    @Test
    void a_line_without_usage_yet_is_there_and_costs_nothing() {
        usageIs("0");
        subscribed("USD", metered("Agent Runs", new RateCardPrice.Unit(BigDecimal.ONE)));

        preview()
                .body("data[0].lines[0].usage_quantity_detail.raw_quantity", equalTo("0"))
                .body("data[0].lines[0].detailed_lines", hasSize(0))
                .body("data[0].totals.total", equalTo("0.00"));
    }

    @Test
    void corrections_that_outweigh_the_usage_are_shown_and_not_paid_back() {
        usageIs("-5");
        subscribed("USD", metered("Agent Runs", new RateCardPrice.Unit(BigDecimal.ONE)));

        preview()
                .statusCode(200)
                .body("data[0].lines[0].usage_quantity_detail.raw_quantity", equalTo("-5"))
                .body("data[0].lines[0].usage_quantity_detail.invoiced_quantity", equalTo("0"))
                .body("data[0].totals.total", equalTo("0.00"));
    }

    @Test
    void a_detailed_lines_name_is_no_longer_than_a_name_may_be() {
        subscribed("USD", metered("\uD83D\uDE00".repeat(256), new RateCardPrice.Unit(BigDecimal.ONE)));

        preview()
                .statusCode(200)
                .body("data[0].lines[0].name", equalTo("\uD83D\uDE00".repeat(256)))
                .body("data[0].lines[0].detailed_lines[0].name", equalTo("\uD83D\uDE00".repeat(244) + ": unit price"));
    }

    @Test
    void only_usage_is_waited_for_and_only_to_the_end_of_the_billing_period() {
        Instant end = start.atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
        RateCard quarterly = fee("Base fee", "P3M", "20", RateCard.IN_ADVANCE);

        subscribed("USD", quarterly, metered("Agent Runs", new RateCardPrice.Unit(BigDecimal.ONE)));
        preview()
                .body(
                        "data[0].collection_at",
                        equalTo(end.plus(Duration.ofHours(1)).toString()));
        subscribed("USD", quarterly, fee("Support", "P1M", "5", RateCard.IN_ARREARS));
        preview().body("data[0].collection_at", equalTo(end.toString()));
        subscribed("USD", quarterly);
        preview().body("data[0].collection_at", equalTo(start.toString()));
    }

    @Test
    void more_lines_than_one_question_holds_are_asked_for_in_several() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        usageIs("3", sizes::add);
        RateCard hourly = card(
                "agent_runs",
                "Runs",
                new FeatureReference(FEATURE),
                "PT1H",
                new RateCardPrice.Unit(BigDecimal.ONE),
                null);
        subscribed("USD", hourly, hourly);

        int lines = 2
                * Math.toIntExact(
                        Duration.between(start, start.atZone(ZoneOffset.UTC).plusMonths(1))
                                .toHours());
        preview()
                .statusCode(200)
                .body("data[0].lines", hasSize(lines))
                .body("data[0].totals.total", equalTo(3 * lines + ".00"));
        assertThat(sizes).containsExactly(1_000, lines - 1_000);
    }

    @Test
    void a_question_with_many_subjects_holds_fewer_lines() throws Exception {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        usageIs("3", sizes::add);
        List<String> subjects =
                IntStream.range(0, 1_000).mapToObj(i -> "%0500d".formatted(i)).toList();
        Customer customer = new Customer(CUSTOMER, "acme-inc", "Acme Inc", subjects, null, null);
        RateCard card = metered("Runs", new RateCardPrice.Unit(BigDecimal.ONE));
        Neighbours.subscriptionAnswers(json.writeValueAsString(
                new CustomerSubscriptions(customer, List.of(subscription("USD", card, card, card)))));

        preview().statusCode(200).body("data[0].totals.total", equalTo("9.00"));
        assertThat(sizes).containsExactly(1, 1, 1);
    }

    @Test
    void a_free_rate_card_makes_no_line_and_a_fee_needs_no_usage() {
        Neighbours.ingestionIsAway();
        subscribed("USD", metered("Free", new RateCardPrice.Free()), fee("Base fee", "P1M", "20", RateCard.IN_ADVANCE));

        preview()
                .statusCode(200)
                .body("data[0].lines.name", contains("Base fee"))
                .body("data[0].totals.total", equalTo("20.00"));
    }

    @Test
    void currencies_have_their_own_digits() {
        subscribed("JPY", metered("Runs", new RateCardPrice.Unit(new BigDecimal("1.5"))));
        preview().body("data[0].totals.total", equalTo("5"));

        subscribed("KWD", metered("Runs", new RateCardPrice.Unit(new BigDecimal("0.0015"))));
        preview().body("data[0].totals.total", equalTo("0.005"));
    }

    @Test
    void without_a_subscription_there_is_nothing_to_preview() throws Exception {
        Neighbours.subscriptionAnswers(json.writeValueAsString(new CustomerSubscriptions(customer(), List.of())));

        preview().statusCode(200).body("data", hasSize(0));
    }

    @Test
    void an_unknown_customer_and_a_malformed_id_are_not_found() {
        Neighbours.subscriptionKnowsNobody();

        preview().statusCode(404).contentType("application/problem+json");
        given().auth()
                .oauth2(Tokens.admin(namespace))
                .get("/v3/openmeter/customers/nobody/billing/invoice-preview")
                .then()
                .statusCode(404);
    }

    @Test
    void without_usage_there_is_no_preview_but_a_time_to_come_again() {
        subscribed("USD", metered("Agent Runs", new RateCardPrice.Unit(BigDecimal.ONE)));
        Neighbours.ingestionIsAway();

        preview().statusCode(503).header("Retry-After", equalTo("5"));
    }

    @Test
    void an_owner_that_refuses_questions_is_not_away_for_who_asks_next() throws Exception {
        subscribed("USD", metered("Agent Runs", new RateCardPrice.Unit(BigDecimal.ONE)));
        Neighbours.ingestionRefuses();
        for (int i = 0; i < 20; i++) {
            preview().statusCode(503);
        }
        usageIs("3");

        preview().statusCode(200).body("data[0].totals.total", equalTo("3.00"));
    }

    @Test
    void what_was_last_heard_answers_while_the_owner_is_away() throws Exception {
        Subscription subscription = subscription("USD", metered("Agent Runs", new RateCardPrice.Unit(BigDecimal.ONE)));
        publish(CUSTOMER, 1, new CustomerCreated(customer()));
        publish(subscription.id(), 1, new SubscriptionCreated(subscription));
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> assertThat(Database.count(
                                "select count(*) from invoicing.known_subscription where namespace = ?", namespace))
                        .isOne());
        Neighbours.subscriptionIsAway();

        preview().statusCode(200).body("data[0].totals.total", equalTo("3.00"));
    }

    @Test
    void while_the_owner_is_away_only_who_was_heard_to_be_gone_is_not_found() throws Exception {
        Neighbours.subscriptionIsAway();

        preview().statusCode(503).contentType("application/problem+json").header("Retry-After", equalTo("5"));

        publish(CUSTOMER, 1, new CustomerDeleted(CUSTOMER, Instant.now()));
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> assertThat(Database.count(
                                "select count(*) from invoicing.known_customer where namespace = ?", namespace))
                        .isOne());
        preview().statusCode(404);
    }

    @Test
    void an_older_event_never_overwrites_a_newer_one() throws Exception {
        publish(CUSTOMER, 2, new CustomerCreated(customer()));
        publish(CUSTOMER, 1, new CustomerCreated(new Customer(CUSTOMER, "old", "Old", List.of(), null, null)));
        publish(CUSTOMER + "X", 1, new CustomerCreated(customer()));

        Eventually.holds(
                Duration.ofSeconds(20),
                () -> assertThat(Database.column(
                                "select customer from invoicing.known_customer where namespace = ? order by id",
                                namespace))
                        .allMatch(row -> row.contains("acme-inc")));
    }

    @Test
    void only_who_may_see_bills_sees_them() {
        String path = "/v3/openmeter/customers/" + CUSTOMER + "/billing/invoice-preview";
        given().get(path).then().statusCode(401).contentType("application/problem+json");
        given().auth()
                .oauth2(Tokens.withRoles(namespace, "ingest", "metering_viewer"))
                .get(path)
                .then()
                .statusCode(403);
    }

    private ValidatableResponse preview() {
        return given().auth()
                .oauth2(Tokens.withRoles(namespace, "billing_viewer"))
                .get("/v3/openmeter/customers/" + CUSTOMER + "/billing/invoice-preview")
                .then();
    }

    private void usageIs(String quantity) {
        usageIs(quantity, lines -> {});
    }

    /** @param sizes gets the number of lines of each question */
    private void usageIs(String quantity, IntConsumer sizes) {
        Neighbours.ingestionAnswers(question -> {
            asked.set(question);
            int lines = question.split("meter_id", -1).length - 1;
            sizes.accept(lines);
            List<String> quantities = new ArrayList<>();
            for (int i = 0; i < lines; i++) {
                quantities.add('"' + quantity + '"');
            }
            return "{\"as_of\":\"%s\",\"quantities\":%s}".formatted(Instant.now(), quantities);
        });
    }

    private void subscribed(String currency, RateCard... cards) {
        try {
            Neighbours.subscriptionAnswers(json.writeValueAsString(
                    new CustomerSubscriptions(customer(), List.of(subscription(currency, cards)))));
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private Subscription subscription(String currency, RateCard... cards) {
        List<Subscription.Item> items = new ArrayList<>();
        for (int i = 0; i < cards.length; i++) {
            items.add(new Subscription.Item("01JTEM0000000000000000000" + i, start, null, cards[i]));
        }
        return new Subscription(
                "01JSVB00000000000000000000",
                CUSTOMER,
                new Subscription.PlanReference("01JPAN00000000000000000000", "premium_plan", 1),
                "Premium Plan",
                currency,
                "P1M",
                start,
                start,
                null,
                true,
                "credit_then_invoice",
                List.of(new Subscription.Phase(
                        "01JPHASE000000000000000000", "default", "default", null, start, null, items)),
                List.of(new Feature(FEATURE, "agent_runs", "Agent Runs", new FeatureMeter(METER, null))));
    }

    private static Customer customer() {
        return new Customer(CUSTOMER, "acme-inc", "Acme Inc", List.of(), null, null);
    }

    private static RateCard metered(String name, RateCardPrice price) {
        return card("agent_runs", name, new FeatureReference(FEATURE), "P1M", price, null);
    }

    private static RateCard fee(String name, String cadence, String amount, String term) {
        return card("fee", name, null, cadence, new RateCardPrice.Flat(new BigDecimal(amount)), term);
    }

    private static RateCard card(
            String key, String name, FeatureReference feature, String cadence, RateCardPrice price, String term) {
        return new RateCard(key, name, null, null, feature, null, cadence, price, null, term, null, null, null, null);
    }

    private void publish(String entityId, long sequence, Record event) throws Exception {
        Envelope envelope = new Envelope(
                entityId + sequence,
                event.getClass().getSimpleName(),
                namespace,
                entityId,
                sequence,
                Instant.now(),
                json.valueToTree(event));
        Topic.publish(Topics.SUBSCRIPTION, namespace + "/" + entityId, json.writeValueAsString(envelope));
    }
}
