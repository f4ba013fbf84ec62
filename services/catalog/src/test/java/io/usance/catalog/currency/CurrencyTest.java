package io.usance.catalog.currency;

import static io.usance.catalog.Fixtures.CURRENCIES;
import static io.usance.catalog.Fixtures.CUSTOM_CURRENCIES;
import static io.usance.catalog.Fixtures.customCurrency;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.catalog.Api;
import io.usance.catalog.AtOnce;
import io.usance.testkit.Database;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class CurrencyTest {
    private static final String UNKNOWN = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final String namespace = Namespaces.fresh();
    private final Api api = Api.of(namespace);

    // ------------------------------------------------------------------ custom currencies

    @Test
    void a_custom_currency_comes_back_as_it_was_sent() {
        Response created = api.post(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        created.then()
                .statusCode(201)
                .body("type", equalTo("custom"))
                .body("id", notNullValue())
                .body("code", equalTo("AI_TOKENS"))
                .body("name", equalTo("AI tokens"))
                .body("symbol", equalTo("AIT"))
                .body("precision", equalTo(2))
                .body("decimal_mark", equalTo("."))
                .body("thousand_separator", equalTo(","))
                .body("created_at", notNullValue())
                .body("cost_basis", nullValue());
        assertThat(api.get(CUSTOM_CURRENCIES + "/" + created.path("id")).asString())
                .isEqualTo(created.asString());
    }

    @Test
    void a_custom_currency_needs_no_symbol() {
        api.post(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS").replace("\"symbol\": \"AIT\", ", ""))
                .then()
                .statusCode(201)
                .body("symbol", nullValue());
    }

    @Test
    void what_is_malformed_is_told_at_once() {
        api.post(CUSTOM_CURRENCIES, """
                        {"code": "USD", "name": "", "symbol": "", "precision": "2", "decimal_mark": "..",
                         "thousand_separator": "", "rate": "1"}""")
                .then()
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        containsInAnyOrder(
                                "code", "name", "symbol", "precision", "decimal_mark", "thousand_separator", "rate"));
        api.post(CUSTOM_CURRENCIES, customCurrency("C".repeat(25)))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("code"));
        api.post(CUSTOM_CURRENCIES, "{}")
                .then()
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        containsInAnyOrder("code", "name", "precision", "decimal_mark", "thousand_separator"));
        api.post(CUSTOM_CURRENCIES, customCurrency("TOKENS").replace("2,", "99999999999999999999,"))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("precision"));
    }

    @Test
    void what_breaks_a_rule_is_told_at_once() {
        api.post(CUSTOM_CURRENCIES, """
                        {"code": " TOK|EN", "name": "n", "symbol": "123456789", "precision": 13, "decimal_mark": ".",
                         "thousand_separator": "."}""")
                .then()
                .statusCode(400)
                .body("type", equalTo("about:blank"))
                .body("extensions.validationErrors.code", everyItem(equalTo("currency_invalid")))
                .body(
                        "extensions.validationErrors.field",
                        contains("code", "code", "symbol", "precision", "thousand_separator"));
        api.get(CURRENCIES, "filter[type]", "custom").then().body("data", empty());
    }

    @Test
    void a_code_belongs_to_one_currency_for_good() {
        assertThat(AtOnce.statuses(
                        4,
                        () -> api.post(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"))
                                .statusCode()))
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
        api.post(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"))
                .then()
                .statusCode(409)
                .body("detail", containsString("AI_TOKENS"));
        String id = api.get(CURRENCIES, "filter[type]", "custom").path("data[0].id");
        api.delete(CUSTOM_CURRENCIES + "/" + id).then().statusCode(405);
        api.put(CUSTOM_CURRENCIES + "/" + id, customCurrency("AI_TOKENS"))
                .then()
                .statusCode(405);
        Api.of(Namespaces.fresh())
                .post(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"))
                .then()
                .statusCode(201);
    }

    @Test
    void there_are_only_so_many() {
        Database.update("""
                insert into catalog.custom_currency (
                    namespace, id, code, name, precision, decimal_mark, thousand_separator, created_at)
                select ?, 'id' || n, 'CODE' || n, 'n', 0, '.', ',', now() from generate_series(1, 1000) n
                """, namespace);
        api.post(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"))
                .then()
                .statusCode(409)
                .body("detail", containsString("1000"));
    }

    // ------------------------------------------------------------------ the list

    @Test
    void every_currency_that_money_is_counted_in_is_listed_with_the_tenants_own() {
        String id = api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        Response list = api.get(CURRENCIES, "page[size]", 1000);
        list.then()
                .statusCode(200)
                .body("data.code", hasItems("AI_TOKENS", "USD", "EUR", "JPY"))
                .body("data.code", not(hasItem("XXX")))
                .body("data.find { it.code == 'AI_TOKENS' }.id", equalTo(id))
                .body("data.find { it.code == 'JPY' }.type", equalTo("fiat"))
                .body("data.find { it.code == 'JPY' }.name", equalTo("Japanese Yen"))
                .body("data.find { it.code == 'JPY' }.symbol", equalTo("¥"))
                .body("data.find { it.code == 'JPY' }.precision", equalTo(0))
                .body("data.find { it.code == 'JPY' }.decimal_mark", equalTo("."))
                .body("data.find { it.code == 'JPY' }.thousand_separator", equalTo(","))
                .body("data.find { it.code == 'JPY' }.id", nullValue())
                .body("data.find { it.code == 'KWD' }.precision", equalTo(3))
                .body("data.find { it.code == 'KWD' }.symbol", nullValue());
        List<String> codes = list.path("data.code");
        assertThat(codes).isSorted().doesNotHaveDuplicates();
        assertThat(list.<Integer>path("meta.page.total")).isEqualTo(codes.size());
    }

    @Test
    void the_list_is_paged_filtered_and_sorted() {
        api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        api.create(CUSTOM_CURRENCIES, customCurrency("ZZ_BEANS").replace("AI tokens", "A bean"));
        api.get(CURRENCIES).then().body("data", hasSize(20)).body("meta.page.size", equalTo(20));
        api.get(CURRENCIES, "filter[type]", "custom").then().body("data.code", contains("AI_TOKENS", "ZZ_BEANS"));
        api.get(CURRENCIES, "filter[type]", "fiat").then().body("data.type", everyItem(equalTo("fiat")));
        api.get(CURRENCIES, "filter[type][neq]", "fiat").then().body("meta.page.total", equalTo(2));
        api.get(CURRENCIES, "filter[type]", "custom", "sort", "name")
                .then()
                .body("data.code", contains("ZZ_BEANS", "AI_TOKENS"));
        api.get(CURRENCIES, "filter[code]", "USD").then().body("data.code", contains("USD"));
        api.get(CURRENCIES, "filter[code][oeq]", "USD,ZZ_BEANS", "sort", "code desc")
                .then()
                .body("data.code", contains("ZZ_BEANS", "USD"));
        api.get(CURRENCIES, "filter[code][contains]", "token").then().body("data.code", contains("AI_TOKENS"));
        api.get(CURRENCIES, "filter[type]", "custom", "page[size]", 1, "page[number]", 2)
                .then()
                .body("data.code", contains("ZZ_BEANS"))
                .body("meta.page.total", equalTo(2));
        api.get(CURRENCIES, "filter[type]", "metal")
                .then()
                .statusCode(400)
                .body("invalid_parameters[0].field", equalTo("filter[type]"))
                .body("invalid_parameters[0].choices", contains("fiat", "custom"));
        api.get(CURRENCIES, "filter[name]", "x").then().statusCode(400);
        api.get(CURRENCIES, "sort", "symbol").then().statusCode(400);
        api.get(CURRENCIES, "expand", "cost_basis,name")
                .then()
                .statusCode(400)
                .body("invalid_parameters[0].choices", contains("cost_basis"));
    }

    @Test
    void cost_bases_in_force_are_shown_to_who_asks() {
        String id = api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        api.create(CUSTOM_CURRENCIES, customCurrency("ZZ_BEANS"));
        String usd = api.create(costBases(id), costBasis("USD", "0.002"));
        String eur = api.create(costBases(id), costBasis("EUR", "0.001"));
        api.create(costBases(id), costBasis("EUR", "0.003", inDays(1)));
        api.create(costBases(id), costBasis("GBP", "0.003", inDays(1)));
        api.get(CURRENCIES, "filter[type]", "custom", "expand", "cost_basis")
                .then()
                .statusCode(200)
                .body("data[0].cost_basis.id", contains(eur, usd))
                .body("data[0].cost_basis.rate", contains("0.001", "0.002"))
                .body("data[1].cost_basis", empty());
        api.get(CURRENCIES, "filter[code]", "USD", "expand", "cost_basis")
                .then()
                .body("data[0].cost_basis", nullValue());
        api.get(CURRENCIES, "filter[type]", "custom").then().body("data[0].cost_basis", nullValue());
    }

    // ------------------------------------------------------------------ cost bases

    @Test
    void a_cost_basis_starts_now_unless_a_start_is_given() {
        String id = api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        Response now = api.post(costBases(id), costBasis("USD", "0.0020"));
        now.then()
                .statusCode(201)
                .body("id", notNullValue())
                .body("fiat_code", equalTo("USD"))
                .body("rate", equalTo("0.0020"))
                .body("effective_from", equalTo(now.path("created_at")))
                .body("effective_to", nullValue());
        String from = inDays(1);
        String to = inDays(2);
        api.post(costBases(id), """
                        {"fiat_code": "EUR", "rate": "1", "effective_from": "%s", "effective_to": "%s"}""".formatted(from, to))
                .then()
                .statusCode(201)
                .body("effective_from", equalTo(from))
                .body("effective_to", equalTo(to));
        api.get(costBases(id)).then().body("data[0].rate", equalTo("0.0020"));
    }

    @Test
    void a_new_one_ends_the_one_before() {
        String id = api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        String first = api.create(costBases(id), costBasis("USD", "1"));
        String euro = api.create(costBases(id), costBasis("EUR", "1"));
        Response second = api.post(costBases(id), costBasis("USD", "2"));
        String tomorrow = inDays(1);
        String third = api.create(costBases(id), costBasis("USD", "3", tomorrow));
        api.get(costBases(id))
                .then()
                .statusCode(200)
                .body("data.id", contains(first, euro, second.path("id"), third))
                .body("data[0].effective_to", equalTo(second.path("effective_from")))
                .body("data[1].effective_to", nullValue())
                .body("data[2].effective_to", equalTo(tomorrow))
                .body("data[3].effective_from", equalTo(tomorrow))
                .body("data[3].effective_to", nullValue());
    }

    @Test
    void one_that_ended_before_keeps_its_end() {
        String id = api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        String end = inDays(1);
        api.post(costBases(id), """
                        {"fiat_code": "USD", "rate": "1", "effective_to": "%s"}""".formatted(end)).then().statusCode(201);
        api.create(costBases(id), costBasis("USD", "2", inDays(2)));
        api.get(costBases(id))
                .then()
                .body("data[0].effective_to", equalTo(end))
                .body("data[1].effective_to", nullValue());
        String cut = inDays(3);
        api.create(costBases(id), costBasis("USD", "3", cut));
        api.get(costBases(id)).then().body("data[1].effective_to", equalTo(cut));
    }

    @Test
    void none_is_added_before_another() {
        String id = api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        String start = inDays(5);
        api.create(costBases(id), costBasis("USD", "1", start));
        for (String body :
                List.of(costBasis("USD", "2"), costBasis("USD", "2", inDays(4)), costBasis("USD", "2", start))) {
            api.post(costBases(id), body)
                    .then()
                    .statusCode(400)
                    .body("type", equalTo("about:blank"))
                    .body("extensions.validationErrors.code", contains("cost_basis_starts_before_another"))
                    .body("extensions.validationErrors.field", contains("effective_from"))
                    .body("extensions.validationErrors[0].last_effective_from", equalTo(start))
                    .body("detail", containsString(start));
        }
        api.post(costBases(id), costBasis("EUR", "2")).then().statusCode(201);
        api.post(costBases(id), costBasis("USD", "2", inDays(6))).then().statusCode(201);
    }

    @Test
    void every_broken_rule_of_a_cost_basis_is_told() {
        String id = api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        api.post(costBases(id), """
                        {"fiat_code": "XYZ", "rate": "0", "effective_from": "2020-01-01T00:00:00Z",
                         "effective_to": "2020-01-01T00:00:00Z"}""")
                .then()
                .statusCode(400)
                .body(
                        "extensions.validationErrors.code",
                        contains(
                                "currency_not_found",
                                "cost_basis_rate_invalid",
                                "cost_basis_starts_in_the_past",
                                "cost_basis_ends_before_it_starts"));
        api.post(costBases(id), """
                        {"fiat_code": "usd", "rate": 1, "effective_from": "soon", "note": "n"}""")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", containsInAnyOrder("fiat_code", "rate", "effective_from", "note"));
        api.post(costBases(id), costBasis("USD", "1".repeat(100_000))).then().statusCode(400);
        api.get(costBases(id)).then().body("data", empty());
    }

    @Test
    void of_cost_bases_that_are_added_at_once_one_is_in_force() {
        String id = api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        assertThat(AtOnce.statuses(
                        6, () -> api.post(costBases(id), costBasis("USD", "1")).statusCode()))
                .containsOnly(201);
        assertThat(AtOnce.statuses(
                        4,
                        () -> api.post(costBases(id), costBasis("USD", "1", "2100-01-01T00:00:00Z"))
                                .statusCode()))
                .containsOnlyOnce(201)
                .containsOnly(201, 400);
        List<String> starts = api.get(costBases(id)).path("data.effective_from");
        List<String> ends = api.get(costBases(id)).path("data.effective_to");
        assertThat(starts).hasSize(7);
        assertThat(ends.subList(0, 6)).isEqualTo(starts.subList(1, 7));
    }

    @Test
    void cost_bases_are_paged_and_filtered() {
        String id = api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        String usd = api.create(costBases(id), costBasis("USD", "1"));
        String eur = api.create(costBases(id), costBasis("EUR", "1"));
        api.get(costBases(id)).then().body("data.id", contains(usd, eur)).body("meta.page.total", equalTo(2));
        api.get(costBases(id), "filter[fiat_code]", "EUR").then().body("data.id", contains(eur));
        api.get(costBases(id), "page[size]", 1, "page[number]", 2).then().body("data.id", contains(eur));
        api.get(costBases(id), "filter[rate]", "1").then().statusCode(400);
    }

    @Test
    void another_tenant_sees_nothing() {
        String id = api.create(CUSTOM_CURRENCIES, customCurrency("AI_TOKENS"));
        api.create(costBases(id), costBasis("USD", "1"));
        Api stranger = Api.of(Namespaces.fresh());
        Stream.of(
                        stranger.get(CUSTOM_CURRENCIES + "/" + id),
                        stranger.get(costBases(id)),
                        stranger.post(costBases(id), costBasis("USD", "2")),
                        api.get(CUSTOM_CURRENCIES + "/" + UNKNOWN),
                        api.get(CUSTOM_CURRENCIES + "/AI_TOKENS"),
                        api.get(costBases(UNKNOWN)),
                        api.post(costBases(UNKNOWN), costBasis("USD", "1")))
                .forEach(response -> response.then().statusCode(404));
        stranger.get(CURRENCIES, "filter[type]", "custom").then().body("data", empty());
        api.get(costBases(id)).then().body("data", hasSize(1));
    }

    // ------------------------------------------------------------------

    private static String costBases(String currencyId) {
        return CUSTOM_CURRENCIES + "/" + currencyId + "/cost-bases";
    }

    private static String costBasis(String fiatCode, String rate) {
        return """
                {"fiat_code": "%s", "rate": "%s"}""".formatted(fiatCode, rate);
    }

    private static String costBasis(String fiatCode, String rate, String from) {
        return """
                {"fiat_code": "%s", "rate": "%s", "effective_from": "%s"}""".formatted(fiatCode, rate, from);
    }

    private static String inDays(int days) {
        return Instant.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(days, ChronoUnit.DAYS)
                .toString();
    }
}
