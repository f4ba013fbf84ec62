package io.usance.catalog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.catalog.Api;
import io.usance.testkit.Database;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class LlmPriceTest {
    private static final String PRICES = "/llm-cost/prices";
    private static final String OVERRIDES = "/llm-cost/overrides";
    private static final String HISTORY = "/internal/llm-prices/history";
    private static final String PAST = "2026-01-01T00:00:00Z";
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Inject
    LlmPriceBook book;

    private final String namespace = Namespaces.fresh();
    private final Api api = Api.of(namespace);

    private static String override(String model, String input, Object from) {
        return """
                {"provider": "openai", "model_id": "%s", "currency": "USD", "effective_from": "%s",
                 "pricing": {"input_per_token": "%s", "output_per_token": "0.5"}}""".formatted(model, from, input);
    }

    // ------------------------------------------------------------------ prices

    @Test
    void prices_come_with_the_service() {
        Response list = api.get(PRICES, "filter[provider]", "openai", "filter[model_id]", "gpt-4o");
        list.then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].provider.id", equalTo("openai"))
                .body("data[0].provider.name", equalTo("OpenAI"))
                .body("data[0].model.id", equalTo("gpt-4o"))
                .body("data[0].model.name", equalTo("GPT-4o"))
                .body("data[0].pricing.input_per_token", equalTo("0.0000025"))
                .body("data[0].pricing.output_per_token", equalTo("0.00001"))
                .body("data[0].pricing.cache_read_per_token", equalTo("0.00000125"))
                .body("data[0].pricing.cache_write_per_token", nullValue())
                .body("data[0].currency", equalTo("USD"))
                .body("data[0].source", equalTo("system"))
                .body("data[0].effective_from", equalTo("2024-10-02T00:00:00Z"))
                .body("data[0].effective_to", nullValue())
                .body("data[0].created_at", notNullValue())
                .body("data[0].updated_at", notNullValue());
        String id = list.path("data[0].id");
        api.get(PRICES + "/" + id).then().statusCode(200).body("model.id", equalTo("gpt-4o"));
        Api.of(Namespaces.fresh()).get(PRICES + "/" + id).then().statusCode(200);
    }

    @Test
    void what_no_longer_holds_is_not_listed_and_can_be_got() {
        String earlier = book.prices().stream()
                .filter(price -> price.model().id().equals("gpt-4o") && price.effectiveTo() != null)
                .findFirst()
                .orElseThrow()
                .id();
        api.get(PRICES, "page[size]", 1000)
                .then()
                .body("data.id", not(hasItem(earlier)))
                .body("data.effective_to", everyItem(nullValue()));
        api.get(PRICES + "/" + earlier)
                .then()
                .statusCode(200)
                .body("pricing.input_per_token", equalTo("0.000005"))
                .body("effective_to", equalTo("2024-10-02T00:00:00Z"));
    }

    @Test
    void prices_are_sorted_by_model_unless_asked_otherwise() {
        List<String> models = api.get(PRICES, "page[size]", 1000)
                .then()
                .statusCode(200)
                .extract()
                .path("data.model.id");
        assertThat(models).hasSizeGreaterThan(50).isSorted();
        List<String> providers = api.get(PRICES, "page[size]", 1000, "sort", "provider.id desc,model.id")
                .path("data.provider.id");
        assertThat(providers).isSortedAccordingTo(Comparator.reverseOrder());
        List<String> ids = api.get(PRICES, "page[size]", 1000, "sort", "id").path("data.id");
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        List<String> starts = api.get(PRICES, "page[size]", 1000, "sort", "effective_from desc")
                .path("data.effective_from");
        assertThat(starts).isSortedAccordingTo(Comparator.reverseOrder());
        api.get(PRICES, "sort", "effective_to").then().statusCode(200);
        api.get(PRICES, "sort", "name").then().statusCode(400).body("invalid_parameters.field", contains("sort"));
    }

    @Test
    void pages_put_together_are_the_whole_list() {
        List<String> all = api.get(PRICES, "page[size]", 1000).path("data.id");
        List<String> pieces = new ArrayList<>();
        for (int page = 1; pieces.size() < all.size(); page++) {
            Response piece = api.get(PRICES, "page[size]", 7, "page[number]", page);
            piece.then()
                    .body("meta.page.total", equalTo(all.size()))
                    .body("meta.page.number", equalTo(page))
                    .body("data", not(empty()));
            pieces.addAll(piece.path("data.id"));
        }
        assertThat(pieces).isEqualTo(all);
        api.get(PRICES).then().body("data", hasSize(20));
    }

    @ParameterizedTest
    @CsvSource({
        "filter[provider], OpenAI, provider.id, openai",
        "filter[provider][oeq], 'OPENAI,x', provider.id, openai",
        "filter[model_id], GPT-4O, model.id, gpt-4o",
        "filter[model_name], o3-mini, model.name, o3-mini",
        "filter[currency], USD, currency, USD",
        "filter[source][neq], manual, source, system"
    })
    void prices_are_filtered(String filter, String value, String field, String expected) {
        api.get(PRICES, filter, value, "page[size]", 1000)
                .then()
                .statusCode(200)
                .body("data", not(empty()))
                .body("data." + field, everyItem(equalTo(expected)));
    }

    @Test
    void a_filter_may_find_a_part_or_nothing_and_must_be_known() {
        api.get(PRICES, "filter[model_name][contains]", "HAIKU", "page[size]", 1000)
                .then()
                .body("data", hasSize(greaterThan(2)))
                .body("data.model.name", everyItem(containsString("Haiku")));
        api.get(PRICES, "filter[source]", "manual").then().statusCode(200).body("data", empty());
        api.get(PRICES, "filter[currency]", "EUR").then().statusCode(200).body("data", empty());
        api.get(PRICES, "filter[price]", "1")
                .then()
                .statusCode(400)
                .body("invalid_parameters.rule", contains("unknown_property"));
    }

    @Test
    void a_price_that_does_not_exist_is_not_found() {
        api.get(PRICES + "/01ARZ3NDEKTSV4RRFFQ69G5FAV").then().statusCode(404);
        api.get(PRICES + "/no-id").then().statusCode(404);
    }

    // ------------------------------------------------------------------ overrides

    @Test
    void an_override_comes_back_as_it_was_sent() {
        Response created = api.post(OVERRIDES, """
                {"provider": "Acme", "model_id": "Acme/Large 2", "model_name": "Large", "currency": "USD",
                 "effective_from": "2026-03-01T01:00:00+01:00", "effective_to": "2026-06-01T00:00:00Z",
                 "pricing": {"input_per_token": "0.00000200", "output_per_token": "0", "cache_read_per_token": "1",
                             "cache_write_per_token": "2", "reasoning_per_token": "3"}}""");
        created.then()
                .statusCode(201)
                .body("provider.id", equalTo("acme"))
                .body("provider.name", equalTo("acme"))
                .body("model.id", equalTo("acme/large 2"))
                .body("model.name", equalTo("Large"))
                .body("pricing.input_per_token", equalTo("0.00000200"))
                .body("pricing.output_per_token", equalTo("0"))
                .body("pricing.cache_read_per_token", equalTo("1"))
                .body("pricing.cache_write_per_token", equalTo("2"))
                .body("pricing.reasoning_per_token", equalTo("3"))
                .body("currency", equalTo("USD"))
                .body("source", equalTo("manual"))
                .body("effective_from", equalTo("2026-03-01T00:00:00Z"))
                .body("effective_to", equalTo("2026-06-01T00:00:00Z"))
                .body("created_at", notNullValue());
        assertThat(api.get(PRICES + "/" + created.path("id")).asString()).isEqualTo(created.asString());
        api.get(OVERRIDES).then().body("data.id", contains((String) created.path("id")));
    }

    @Test
    void an_override_without_a_name_has_the_price_books() {
        api.post(OVERRIDES, override("GPT-4o", "1", PAST))
                .then()
                .statusCode(201)
                .body("provider.name", equalTo("OpenAI"))
                .body("model.name", equalTo("GPT-4o"));
        api.post(OVERRIDES, override("in-house", "1", PAST)).then().body("model.name", equalTo("in-house"));
    }

    @Test
    void an_override_wins_until_it_is_deleted() {
        long total = api.get(PRICES).jsonPath().getLong("meta.page.total");
        String id = api.create(OVERRIDES, override("gpt-4o", "1", PAST));
        gpt4o().body("data.id", contains(id))
                .body("data.source", contains("manual"))
                .body("data.pricing.input_per_token", contains("1"));
        api.get(PRICES).then().body("meta.page.total", equalTo((int) total));
        api.get(PRICES, "filter[source]", "manual").then().body("data.id", contains(id));

        api.delete(OVERRIDES + "/" + id).then().statusCode(204);
        gpt4o().body("data.source", contains("system"));
        api.get(OVERRIDES).then().body("data", empty());
        api.get(PRICES + "/" + id).then().statusCode(404);
        api.delete(OVERRIDES + "/" + id).then().statusCode(204);
    }

    @Test
    void an_override_of_a_model_that_the_book_does_not_have_is_listed_with_the_others() {
        String id = api.create(OVERRIDES, override("in-house", "1", PAST));
        api.get(PRICES, "filter[model_id]", "in-house").then().body("data.id", contains(id));
    }

    @Test
    void an_override_holds_in_its_time_only() {
        api.create(OVERRIDES, override("gpt-4o", "1", NOW.plus(Duration.ofDays(1))));
        gpt4o().body("data.source", contains("system"));
        api.create(
                OVERRIDES,
                override("gpt-4o", "1", PAST).replaceFirst("\\{", "{\"effective_to\": \"2026-02-01T00:00:00Z\","));
        gpt4o().body("data.source", contains("system"));
        api.get(OVERRIDES).then().body("data.effective_to", contains("2026-02-01T00:00:00Z"));
    }

    private io.restassured.response.ValidatableResponse gpt4o() {
        return api.get(PRICES, "filter[model_id]", "gpt-4o").then().statusCode(200);
    }

    @Test
    void posting_again_replaces_it_and_keeps_what_was() {
        String first = api.create(OVERRIDES, override("gpt-4o", "1", PAST));
        String second = api.create(OVERRIDES, override("GPT-4O", "2", "2026-02-01T00:00:00Z"));
        api.get(OVERRIDES).then().body("data.id", contains(second));
        gpt4o().body("data.pricing.input_per_token", contains("2"));
        api.get(PRICES + "/" + first)
                .then()
                .statusCode(200)
                .body("effective_from", equalTo(PAST))
                .body("effective_to", equalTo("2026-02-01T00:00:00Z"));
    }

    @Test
    void what_begins_at_the_same_time_or_earlier_leaves_nothing_of_it() {
        String first = api.create(OVERRIDES, override("gpt-4o", "1", PAST));
        String second = api.create(OVERRIDES, override("gpt-4o", "2", PAST));
        api.get(PRICES + "/" + first).then().statusCode(404);
        String third = api.create(OVERRIDES, override("gpt-4o", "3", "2025-06-01T00:00:00Z"));
        api.get(PRICES + "/" + second).then().statusCode(404);
        api.get(OVERRIDES).then().body("data.id", contains(third));
    }

    @Test
    void one_that_will_be_replaced_is_listed_as_long_as_it_holds() {
        String first = api.create(OVERRIDES, override("gpt-4o", "1", PAST));
        String second = api.create(OVERRIDES, override("gpt-4o", "2", NOW.plus(Duration.ofDays(1))));
        api.get(OVERRIDES, "sort", "effective_from").then().body("data.id", contains(first, second));
        gpt4o().body("data.id", contains(first));

        api.delete(OVERRIDES + "/" + first).then().statusCode(204);
        api.get(OVERRIDES).then().body("data.id", contains(second));
        gpt4o().body("data.source", contains("system"));
    }

    @Test
    void deleting_takes_what_was_replaced_along() {
        String first = api.create(OVERRIDES, override("gpt-4o", "1", PAST));
        String second = api.create(OVERRIDES, override("gpt-4o", "2", "2026-02-01T00:00:00Z"));
        String other = api.create(OVERRIDES, override("gpt-4.1", "2", PAST));
        api.delete(OVERRIDES + "/" + second).then().statusCode(204);
        api.get(PRICES + "/" + first).then().statusCode(404);
        api.get(OVERRIDES).then().body("data.id", contains(other));
    }

    @Test
    void overrides_are_filtered_sorted_and_come_in_pages() {
        String b = api.create(OVERRIDES, override("b", "1", PAST));
        String a = api.create(OVERRIDES, override("a", "1", "2026-02-01T00:00:00Z"));
        api.get(OVERRIDES).then().body("data.id", contains(a, b));
        api.get(OVERRIDES, "sort", "effective_from").then().body("data.id", contains(b, a));
        api.get(OVERRIDES, "filter[model_id]", "A").then().body("data.id", contains(a));
        api.get(OVERRIDES, "page[size]", 1, "page[number]", 2)
                .then()
                .body("data.id", contains(b))
                .body("meta.page.total", equalTo(2));
        api.get(OVERRIDES, "filter[key]", "a").then().statusCode(400);
    }

    @Test
    void every_rule_that_an_override_breaks_is_named() {
        api.post(OVERRIDES, """
                        {"provider": "openai", "model_id": "gpt-4o", "currency": "EUR",
                         "effective_from": "2026-03-01T00:00:00Z", "effective_to": "2026-03-01T00:00:00Z",
                         "pricing": {"input_per_token": "-1", "output_per_token": "1", "reasoning_per_token": "-0.1"}}""")
                .then()
                .statusCode(400)
                .body(
                        "extensions.validationErrors.code",
                        contains(
                                "llm_price_negative",
                                "llm_price_negative",
                                "llm_price_currency_not_supported",
                                "llm_price_period_empty"))
                .body(
                        "extensions.validationErrors.field",
                        contains("pricing.input_per_token", "pricing.reasoning_per_token", "currency", "effective_to"))
                .body("extensions.validationErrors[2].message", containsString("USD"));
        api.get(OVERRIDES).then().body("data", empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|provider model_id pricing currency effective_from",
                "{\"provider\": \"\"}|provider",
                "{\"provider\": \" x\"}|provider",
                "{\"model_id\": \"x \"}|model_id",
                "{\"currency\": \"usd\"}|currency",
                "{\"effective_from\": \"monday\"}|effective_from",
                "{\"pricing\": {\"input_per_token\": 1, \"output_per_token\": \"1e-6\"}}|pricing.input_per_token pricing.output_per_token",
                "{\"pricing\": {\"input_per_token\": \"1\"}}|pricing.output_per_token",
                "{\"source\": \"system\"}|source"
            })
    void a_malformed_override_is_refused(String body, String fields) {
        api.post(OVERRIDES, body)
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", org.hamcrest.Matchers.hasItems(fields.split(" ")));
    }

    @Test
    void texts_have_limits() {
        String body = override("gpt-4o", "1", PAST);
        api.post(OVERRIDES, body.replace("gpt-4o", "x".repeat(257)))
                .then()
                .statusCode(400)
                .body("invalid_parameters.rule", contains("max_length"));
        api.post(OVERRIDES, body.replace("openai", "x".repeat(129)))
                .then()
                .statusCode(400)
                .body("invalid_parameters.rule", contains("max_length"));
        api.post(OVERRIDES, body.replace("gpt-4o", "x".repeat(256))).then().statusCode(201);
        api.post(OVERRIDES, override("gpt-4o", "1".repeat(2_000), PAST)).then().statusCode(400);
    }

    @Test
    void there_is_a_limit_on_overrides() {
        Database.update("""
                insert into catalog.llm_price_override (namespace, id, provider, model_id, model_name, pricing, currency,
                    effective_from, created_at, updated_at, version)
                select ?, 'x' || n, 'x', 'x' || n, 'x', '{"input_per_token": "1", "output_per_token": "1"}', 'USD',
                    now(), now(), now(), 0
                from generate_series(1, ?) n
                """, namespace, LlmOverrideRepository.OVERRIDES_MAX);
        api.post(OVERRIDES, override("gpt-4o", "1", PAST))
                .then()
                .statusCode(409)
                .body("detail", containsString("delete those that are not needed"));
        api.delete(OVERRIDES + "/x1").then().statusCode(204);
        api.post(OVERRIDES, override("gpt-4o", "1", PAST)).then().statusCode(201);
    }

    @Test
    void of_many_at_once_the_last_one_is_in_place() throws InterruptedException {
        List<Callable<Integer>> posts = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(i ->
                        () -> api.post(OVERRIDES, override("gpt-4o", "1", NOW.minus(Duration.ofDays(i % 3))))
                                .statusCode())
                .toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            assertThat(threads.invokeAll(posts).stream().map(response -> response.resultNow()))
                    .containsOnly(201);
        }
        api.get(OVERRIDES).then().body("data", hasSize(1));
        assertThat(Database.count("""
                select count(*) from catalog.llm_price_override a join catalog.llm_price_override b
                    on a.namespace = b.namespace and a.id < b.id and a.deleted_at is null and b.deleted_at is null
                    and tstzrange(a.effective_from, a.effective_to) && tstzrange(b.effective_from, b.effective_to)
                where a.namespace = ?""", namespace)).isZero();
    }

    @Test
    void the_price_books_prices_cannot_be_deleted() {
        String id = api.get(PRICES).path("data[0].id");
        api.delete(OVERRIDES + "/" + id).then().statusCode(404).body("detail", containsString("post an override"));
        api.get(PRICES + "/" + id).then().statusCode(200);
    }

    @Test
    void overrides_belong_to_their_namespace() {
        String id = api.create(OVERRIDES, override("gpt-4o", "1", PAST));
        Api stranger = Api.of(Namespaces.fresh());
        stranger.get(PRICES + "/" + id).then().statusCode(404);
        stranger.delete(OVERRIDES + "/" + id).then().statusCode(404);
        stranger.get(OVERRIDES).then().body("data", empty());
        stranger.get(PRICES, "filter[model_id]", "gpt-4o").then().body("data.source", contains("system"));
        stranger.get(HISTORY, "model", "gpt-4o").then().body("prices.override", everyItem(equalTo(false)));
        api.get(PRICES + "/" + id).then().statusCode(200);
        api.delete(OVERRIDES + "/01ARZ3NDEKTSV4RRFFQ69G5FAV").then().statusCode(404);
    }

    // ------------------------------------------------------------------ history

    @Test
    void other_services_see_the_prices_of_all_times() {
        api.create(OVERRIDES, override("gpt-4o", "1", PAST));
        api.create(OVERRIDES, override("gpt-4o", "2", "2026-02-01T00:00:00Z"));
        api.create(OVERRIDES, override("in-house", "1", PAST));
        api.get(HISTORY + "?provider=OpenAI&model=GPT-4o&model=in-house")
                .then()
                .statusCode(200)
                .body("prices", hasSize(5))
                .body("prices.model", containsInAnyOrder("gpt-4o", "gpt-4o", "gpt-4o", "gpt-4o", "in-house"))
                .body("prices.findAll { it.override }.pricing.input_per_token", containsInAnyOrder("1", "2", "1"))
                .body("prices.findAll { !it.override }.pricing.input_per_token", contains("0.000005", "0.0000025"))
                .body("prices.findAll { it.override }.effective_to", hasItem("2026-02-01T00:00:00Z"));
        api.get(HISTORY, "provider", "acme").then().statusCode(200).body("prices", empty());
        int all = api.get(HISTORY).then().statusCode(200).extract().path("prices.size()");
        api.get(HISTORY, "provider", "openai").then().body("prices", hasSize(lessThan(all)));
        api.get(HISTORY, "provider", "openai").then().body("prices", hasSize(greaterThan(5)));
    }

    @Test
    void not_too_many_models_are_asked_for_at_once() {
        String models =
                IntStream.rangeClosed(0, 100).mapToObj(i -> "&model=m" + i).collect(Collectors.joining());
        api.get(HISTORY + "?provider=openai" + models)
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("model"))
                .body("invalid_parameters.maximum", contains(100));
    }
}
