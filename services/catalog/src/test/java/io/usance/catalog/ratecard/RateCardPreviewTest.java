package io.usance.catalog.ratecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.catalog.Api;
import io.usance.contracts.access.Roles;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class RateCardPreviewTest {
    private static final String PREVIEW = "/rate-cards/preview";

    private static final String TIERS = """
            "tiers": [
                {"up_to_amount": "1000", "unit_price": {"type": "unit", "amount": "0.3"}},
                {"up_to_amount": "5000", "unit_price": {"type": "unit", "amount": "0.2"}},
                {"unit_price": {"type": "unit", "amount": "0.1"}}]""";
    private static final String GRADUATED = "\"price\": {\"type\": \"graduated\", " + TIERS + "}";
    private static final String VOLUME = "\"price\": {\"type\": \"volume\", " + TIERS + "}";

    private final Api api = Api.of(Namespaces.fresh());

    // ------------------------------------------------------------------ what it costs

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unit 0.01                      | 10000 | 100.00",
                "graduated 1000:0.3 5000:0.2 0.1 | 6000 | 1200.00",
                "volume 1000:0.3 5000:0.2 0.1    | 6000 | 600.00",
                "graduated 1000:500f 0.1         | 2000 | 600.00",
                "graduated 1000:500f 0.1         | 0    | 500.00",
                "graduated 1:500 1000:0 0.1      | 2000 | 600.00",
                "graduated 1:500 1000:0 0.1      | 0    | 0.00",
                "package 20 10                   | 0    | 0.00",
                "package 20 10                   | 20   | 10.00",
                "package 20 10                   | 20.1 | 20.00",
                "package 20 10                   | 98   | 50.00",
                "dynamic 0.5                     | 100  | 50.00",
                "dynamic 1                       | 100  | 100.00",
                "dynamic 1.5                     | 100  | 150.00",
                "dynamic 2                       | 100  | 200.00",
                "overage 900 0.1                 | 1000 | 10.00",
                "overage 900 0.1 10              | 1000 | 9.00",
                "minimum 10 1                    | 2    | 10.00",
                "maximum 10 1                    | 100  | 10.00"
            })
    void it_prices_what_the_field_prices(String model, String quantity, String total) {
        preview(card(model), quantity)
                .then()
                .statusCode(200)
                .body("totals.total", equalTo(total))
                .body("usage_quantity_detail.raw_quantity", equalTo(quantity));
    }

    @Test
    void the_arithmetic_is_explained_step_by_step() {
        Response graduated = preview(GRADUATED, "6000");
        assertThat(graduated.<List<String>>path("explanation"))
                .containsExactly(
                        "6,000 units were metered.",
                        "Tier 1, up to 1,000: 1,000 × 0.3 = 300.00 USD.",
                        "Tier 2, above 1,000 up to 5,000: 4,000 × 0.2 = 800.00 USD.",
                        "Tier 3, above 5,000: 1,000 × 0.1 = 100.00 USD.",
                        "To pay: 1,200.00 USD.");
        graduated
                .then()
                .body(
                        "detailed_lines.key",
                        contains(
                                "graduated-tier-1-price-usage",
                                "graduated-tier-2-price-usage",
                                "graduated-tier-3-price-usage"))
                .body("detailed_lines.totals.total", contains("300.00", "800.00", "100.00"))
                .body("$", not(hasKey("discounts")));
    }

    @Test
    void every_term_has_its_own_step() {
        Response all = preview("""
                "price": {"type": "unit", "amount": "0.1"},
                "unit_config": {"operation": "divide", "conversion_factor": "1000", "rounding": "ceiling",
                    "display_unit": "k"},
                "discounts": {"usage": "100", "percentage": 20},
                "commitments": {"minimum_amount": "5", "maximum_amount": "50"}""", "1199500");
        assertThat(all.<List<String>>path("explanation"))
                .containsExactly(
                        "1,199,500 units were metered.",
                        "Converted: 1,199,500 ÷ 1,000 = 1,199.5, rounded up to 1,200 k.",
                        "The first 100 of the period are free: 100 of these cost nothing, and 1,100 are left to pay.",
                        "Units: 1,100 × 0.1 = 110.00 USD.",
                        "20 % off 110.00 USD: 22.00 USD less.",
                        "The maximum of 50 for the period is reached: 38.00 USD less.",
                        "To pay: 50.00 USD.");
        all.then()
                .body("usage_quantity_detail.invoiced_quantity", equalTo("1100"))
                .body("usage_quantity_detail.display_unit", equalTo("k"))
                .body("discounts.usage[0].quantity", equalTo("100"))
                .body("detailed_lines[0].discounts.amount.reason", contains("ratecard_percentage", "maximum_spend"))
                .body("detailed_lines[0].discounts.amount.amount", contains("22.00", "38.00"))
                .body("totals.amount", equalTo("110.00"))
                .body("totals.discounts_total", equalTo("60.00"));

        Response little = preview("""
                "price": {"type": "unit", "amount": "1"}, "commitments": {"minimum_amount": "10"}""", "1");
        assertThat(little.<List<String>>path("explanation"))
                .containsExactly(
                        "1 unit was metered.",
                        "Units: 1 × 1 = 1.00 USD.",
                        "9.00 USD more, up to the minimum of 10.",
                        "To pay: 10.00 USD.");
        little.then()
                .body("detailed_lines.key", contains("unit-price", "minimum-commitment"))
                .body("detailed_lines.category", contains("regular", "commitment"))
                .body("totals.charges_total", equalTo("9.00"));
    }

    @Test
    void a_period_in_parts_costs_what_it_costs_in_one() {
        String first = preview(GRADUATED, "1500", "\"is_last\": false").path("totals.total");
        Response second = preview(GRADUATED, "4500", "\"previous_quantity\": \"1500\"");
        assertThat(new BigDecimal(first).add(new BigDecimal(second.<String>path("totals.total"))))
                .isEqualByComparingTo("1200");
        assertThat(second.<List<String>>path("explanation"))
                .contains(
                        "4,500 units were metered.",
                        "With the 1,500 before in the period: 6,000. What follows is the bill for that, less the bill for the"
                                + " 1,500.",
                        "Tier 2, above 1,000 up to 5,000: 3,500 × 0.2 = 700.00 USD.");

        preview(VOLUME, "1500", "\"is_last\": false")
                .then()
                .body("totals.total", equalTo("0.00"))
                .body(
                        "explanation",
                        hasItem(
                                "A volume price is billed when the period is over, because only then its tier is known."));
        preview(card("minimum 10 1"), "2", "\"is_last\": false")
                .then()
                .body("totals.total", equalTo("2.00"))
                .body("explanation", hasItem("Whether the minimum of 10 is reached is asked when the period is over."));
    }

    @Test
    void bounds_go_by_what_was_billed_before_if_that_is_told() {
        preview(card("maximum 10 1"), "100", "\"previous_quantity\": \"5\", \"previously_billed\": \"4.00\"")
                .then()
                .body("totals.total", equalTo("6.00"))
                .body("explanation", hasItem("Earlier bills of the period came to 4; minimum and maximum go by that."));
        preview(card("maximum 10 1"), "100", "\"previous_quantity\": \"5\"")
                .then()
                .body("totals.total", equalTo("5.00"));
        preview(card("minimum 10 1"), "1", "\"previous_quantity\": \"1\", \"previously_billed\": \"3\"")
                .then()
                .body("totals.charges_total", equalTo("6.00"));
    }

    @Test
    void a_flat_price_is_due_once() {
        String flat = "\"price\": {\"type\": \"flat\", \"amount\": \"99.5\"}";
        Response first = preview(flat, "7");
        assertThat(first.<List<String>>path("explanation"))
                .containsExactly("Fixed: 1 × 99.5 = 99.50 USD.", "To pay: 99.50 USD.");
        preview(flat, "7", "\"is_first\": false")
                .then()
                .body("totals.total", equalTo("0.00"))
                .body("explanation", contains("Nothing is added.", "To pay: 0.00 USD."));
        preview("\"price\": {\"type\": \"free\"}", "7")
                .then()
                .body("totals.total", equalTo("0.00"))
                .body("explanation", contains("It is free.", "To pay: 0.00 USD."));
    }

    @Test
    void amounts_have_the_digits_of_their_currency() {
        request("JPY", card("unit 0.5"), "3", "").then().body("totals.total", equalTo("2"));
        request("KWD", card("unit 0.0005"), "1", "").then().body("totals.total", equalTo("0.001"));
    }

    @Test
    void the_curve_shows_where_the_price_changes() {
        Response volume = preview(VOLUME, "6000");
        List<String> quantities = volume.path("curve.quantity");
        List<String> totals = volume.path("curve.total");
        assertThat(quantities).startsWith("0").endsWith("12000").doesNotHaveDuplicates();
        assertThat(quantities.stream().map(BigDecimal::new)).isSorted();
        assertThat(totals.get(quantities.indexOf("1000"))).isEqualTo("300.00");
        assertThat(totals.get(quantities.indexOf("1001"))).isEqualTo("200.20");
        assertThat(totals.get(quantities.indexOf("6000"))).isEqualTo("600.00");
        assertThat(totals).hasSameSizeAs(quantities);
    }

    // ------------------------------------------------------------------ what is refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rate_card_price_invalid | rate_card.price |"
                        + "\"price\": {\"type\": \"graduated\", \"tiers\": [{\"up_to_amount\": \"5\","
                        + " \"unit_price\": {\"type\": \"unit\", \"amount\": \"1\"}}]}",
                "rate_card_price_invalid | rate_card.price |" + "\"price\": {\"type\": \"unit\", \"amount\": \"-1\"}",
                "usage_discount_with_flat_price | rate_card.discounts.usage |"
                        + "\"price\": {\"type\": \"flat\", \"amount\": \"1\"}, \"discounts\": {\"usage\": \"5\"}",
                "unit_config_requires_usage_based_price | rate_card.unit_config |"
                        + "\"price\": {\"type\": \"flat\", \"amount\": \"1\"},"
                        + " \"unit_config\": {\"operation\": \"divide\", \"conversion_factor\": \"5\"}",
                "usage_based_price_in_advance | rate_card.payment_term |"
                        + "\"price\": {\"type\": \"unit\", \"amount\": \"1\"}, \"payment_term\": \"in_advance\"",
                "spend_commitments_invalid | rate_card.commitments |"
                        + "\"price\": {\"type\": \"unit\", \"amount\": \"1\"},"
                        + " \"commitments\": {\"minimum_amount\": \"5\", \"maximum_amount\": \"4\"}",
                "plan_multiple_fiat_currencies | rate_card.currency |"
                        + "\"price\": {\"type\": \"unit\", \"amount\": \"1\"}, \"currency\": \"EUR\""
            })
    void what_a_plan_refuses_is_refused_with_the_same_code(String code, String field, String card) {
        preview(card, "1")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains(code))
                .body("extensions.validationErrors.field", contains(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QQQ", "XAU"})
    void an_unknown_currency_is_refused(String currency) {
        request(currency, card("unit 1"), "1", "")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("currency_not_found"))
                .body("extensions.validationErrors.field", contains("currency"));
    }

    @Test
    void numbers_that_make_no_sense_are_refused_by_name() {
        preview(card("unit 1"), "-1")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("quantity"))
                .body("invalid_parameters.reason", contains("must not be negative"));
        preview(card("unit 1"), "1", "\"previous_quantity\": \"1\", \"is_first\": true")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("is_first"))
                .body("invalid_parameters[0].dependents", contains("is_first", "previous_quantity"));
        preview(card("unit 1"), "1", "\"previous_quantity\": \"1\", \"previously_billed\": \"1.005\"")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("currency_not_representable"));
        api.post(PREVIEW, "{\"currency\": \"USD\"}")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", hasItem("rate_card"));
    }

    @Test
    void whoever_may_read_the_catalog_may_calculate() {
        String body = body("USD", card("unit 1"), "1", "");
        String namespace = Namespaces.fresh();
        Api.withRoles(namespace, Roles.PRODUCT_CATALOG_VIEWER)
                .post(PREVIEW, body)
                .then()
                .statusCode(200);
        Api.withRoles(namespace, Roles.INGEST).post(PREVIEW, body).then().statusCode(403);
    }

    // ------------------------------------------------------------------

    private Response preview(String card, String quantity) {
        return preview(card, quantity, "");
    }

    private Response preview(String card, String quantity, String more) {
        return request("USD", card, quantity, more);
    }

    private Response request(String currency, String card, String quantity, String more) {
        return api.post(PREVIEW, body(currency, card, quantity, more));
    }

    private static String body(String currency, String card, String quantity, String more) {
        return """
                {"currency": "%s", "quantity": "%s"%s,
                 "rate_card": {"name": "Calls", "key": "calls", "billing_cadence": "P1M", %s}}
                """.formatted(currency, quantity, more.isEmpty() ? "" : ", " + more, card);
    }

    /** A rate card's price and terms, by a name and numbers. */
    private static String card(String model) {
        String[] words = model.split(" ");
        return switch (words[0]) {
            case "unit" -> unit(words[1]);
            case "graduated", "volume" ->
                "\"price\": {\"type\": \"" + words[0] + "\", \"tiers\": [" + tiers(words) + "]}";
            case "package" ->
                unit(words[2])
                        + ", \"unit_config\": {\"operation\": \"divide\", \"conversion_factor\": \"%s\", \"rounding\": \"ceiling\"}"
                                .formatted(words[1]);
            case "dynamic" ->
                unit("1")
                        + ", \"unit_config\": {\"operation\": \"multiply\", \"conversion_factor\": \"%s\"}"
                                .formatted(words[1]);
            case "overage" ->
                unit(words[2])
                        + ", \"discounts\": {\"usage\": \"%s\"%s}"
                                .formatted(words[1], words.length > 3 ? ", \"percentage\": " + words[3] : "");
            case "minimum", "maximum" ->
                unit(words[2]) + ", \"commitments\": {\"%s_amount\": \"%s\"}".formatted(words[0], words[1]);
            default -> throw new IllegalArgumentException(model);
        };
    }

    private static String unit(String amount) {
        return "\"price\": {\"type\": \"unit\", \"amount\": \"" + amount + "\"}";
    }

    /** E.g. {@code 1000:0.3} for a tier up to 1,000 of 0.3 a unit, {@code 500f} for an open one of 500 flat. */
    private static String tiers(String[] words) {
        List<String> tiers = new ArrayList<>();
        for (String word : List.of(words).subList(1, words.length)) {
            String upTo =
                    word.contains(":") ? "\"up_to_amount\": \"" + word.substring(0, word.indexOf(':')) + "\", " : "";
            String amount = word.substring(word.indexOf(':') + 1);
            String kind = amount.endsWith("f") ? "flat" : "unit";
            tiers.add("{%s\"%s_price\": {\"type\": \"%s\", \"amount\": \"%s\"}}"
                    .formatted(upTo, kind, kind, amount.replace("f", "")));
        }
        return String.join(", ", tiers);
    }
}
