package io.usance.ingestion.event;

import static io.usance.ingestion.Tenant.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.PlatformResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class EventListTest {
    private final Tenant tenant = new Tenant();

    @Test
    void an_event_is_shown_as_it_came() {
        String sent = """
                {"type":"request","data":{"z":1,"n":12345678901234567890.123456789},"id":"1","source":"test",\
                "specversion":"1.0","subject":"acme","time":"2026-01-01T00:00:00.123456789+02:00"}""";
        tenant.accepts(sent);
        tenant.awaitStored(1);
        Response response = tenant.request().get(Tenant.EVENTS);
        assertThat(response.contentType()).startsWith("application/json");
        assertThat(response.asString()).contains("\"event\":" + sent);
        JsonNode row = Tenant.tree(response.asString()).at("/data/0");
        assertThat(row.has("ingested_at")).isTrue();
        assertThat(row.get("stored_at").asText())
                .isGreaterThanOrEqualTo(row.get("ingested_at").asText());
    }

    @Test
    void an_event_that_came_without_a_time_shows_the_one_it_counts_at() {
        tenant.accepts("""
                {"specversion":"1.0","id":"1","source":"test","type":"request","subject":"a","data":{"n":1.0}}""", """
                {"specversion":"1.0","id":"2","source":"test","type":"request","subject":"a","time":null}""");
        tenant.awaitStored(2);
        for (JsonNode row : tenant.list(Map.of()).get("data")) {
            assertThat(row.at("/event/time").asText())
                    .isEqualTo(row.get("ingested_at").asText());
        }
    }

    @Test
    void the_newest_come_first_and_pages_follow_one_another_without_gap_or_repetition() {
        // Several at one time: the place within a time counts, too.
        tenant.accepts(IntStream.range(0, 50)
                .mapToObj(i -> event("e" + i, "acme", "2026-01-01T00:00:%02dZ".formatted(i / 7), "{}"))
                .toArray(String[]::new));
        tenant.awaitStored(50);
        for (String sort : List.of("time desc", "time asc", "time", "ingested_at desc", "stored_at asc")) {
            List<String> ids = new ArrayList<>();
            List<String> times = new ArrayList<>();
            Map<String, Object> parameters = new HashMap<>(Map.of("page[size]", 7, "sort", sort));
            JsonNode page;
            do {
                page = tenant.list(parameters);
                page.get("data").forEach(row -> {
                    ids.add(row.at("/event/id").asText());
                    times.add(row.at("/event/time").asText());
                });
                assertThat(page.at("/meta/page/previous").isNull()).isTrue();
                assertThat(page.at("/meta/page/size").asInt()).isEqualTo(7);
                parameters.put("page[after]", page.at("/meta/page/next").asText());
            } while (!page.at("/meta/page/next").isNull());
            assertThat(ids).as(sort).hasSize(50).doesNotHaveDuplicates();
            if (sort.startsWith("time")) {
                assertThat(times)
                        .isSortedAccordingTo(
                                sort.equals("time desc")
                                        ? java.util.Comparator.reverseOrder()
                                        : java.util.Comparator.naturalOrder());
            }
        }
        assertThat(tenant.list(Map.of()).get("data")).hasSize(20);
        assertThat(tenant.list(Map.of()).at("/data/0/event/time").asText()).isEqualTo("2026-01-01T00:00:07Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter[id]|two|two",
                "filter[id][eq]|two|two",
                "filter[id][neq]|two|one three",
                "filter[id][oeq]|one,two,nine|one two",
                "filter[id][contains]|E|one three",
                "filter[id][ocontains]|wo,RE|two three",
                "filter[id][gt]|three|two",
                "filter[id][lte]|three|one three",
                "filter[id][exists]|true|one two three",
                "filter[id][exists]|false|",
                "filter[subject]|É100%|two",
                "filter[subject][contains]|é100%|two",
                "filter[subject][contains]|%|two",
                "filter[subject][contains]|_|",
                "filter[type]|other|three",
                "filter[source][neq]|test|",
                "filter[time][gte]|2026-01-02T00:00:00Z|two three",
                "filter[time][gt]|2026-01-02T00:00:00Z|three",
                "filter[time][lt]|2026-01-02T01:00:00+01:00|one",
                "filter[time][lte]|2026-01-02T00:00:00Z|one two",
                "filter[time]|2026-01-02T00:00:00Z|two",
                "filter[ingested_at][lt]|2020-01-01T00:00:00Z|",
                "filter[stored_at][gt]|2020-01-01T00:00:00Z|one two three",
            })
    void a_filter_takes(String parameter, String value, String ids) {
        tenant.accepts(
                event("one", "acme", "2026-01-01T00:00:00Z", "{}"),
                event("two", "É100%", "2026-01-02T00:00:00Z", "{}"),
                event("three", "other", "bob", "2026-01-03T00:00:00Z", "{}"));
        tenant.awaitStored(3);
        assertThat(ids(tenant.list(Map.of(parameter, value, "sort", "time")))).isEqualTo(ids == null ? "" : ids);
    }

    @Test
    void two_times_are_a_range() {
        tenant.accepts(
                event("one", "acme", "2026-01-01T00:00:00Z", "{}"),
                event("two", "acme", "2026-01-02T00:00:00Z", "{}"),
                event("three", "acme", "2026-01-03T00:00:00Z", "{}"));
        tenant.awaitStored(3);
        assertThat(ids(tenant.list(Map.of(
                        "filter[time][gte]", "2026-01-02T00:00:00Z", "filter[time][lt]", "2026-01-03T00:00:00Z"))))
                .isEqualTo("two");
    }

    @Test
    void customer_id_takes_the_events_of_its_subjects() {
        String acme = tenant.customer("acme", "acme-1", "acme-2");
        String bob = tenant.customer("bob");
        tenant.accepts(
                event("one", "acme", "2026-01-01T00:00:00Z", "{}"),
                event("two", "acme-2", "2026-01-02T00:00:00Z", "{}"),
                event("three", acme, "2026-01-03T00:00:00Z", "{}"),
                event("four", "bob", "2026-01-04T00:00:00Z", "{}"),
                event("five", "nobody", "2026-01-05T00:00:00Z", "{}"));
        tenant.awaitStored(5);
        assertThat(ids(tenant.list(Map.of("filter[customer_id]", acme, "sort", "time"))))
                .isEqualTo("one two three");
        assertThat(ids(tenant.list(Map.of("filter[customer_id][neq]", acme, "sort", "time"))))
                .isEqualTo("four five");
        assertThat(ids(tenant.list(Map.of("filter[customer_id][oeq]", acme + "," + bob, "sort", "time"))))
                .isEqualTo("one two three four");
        assertThat(ids(tenant.list(Map.of("filter[customer_id]", Tenant.ulid()))))
                .isEmpty();
        JsonNode rows = tenant.list(Map.of("sort", "time")).get("data");
        assertThat(rows.at("/0/customer/id").asText()).isEqualTo(acme);
        assertThat(rows.at("/3/customer/id").asText()).isEqualTo(bob);
        assertThat(rows.get(4).has("customer")).isFalse();
    }

    @Test
    void events_of_several_subjects_are_listed_in_one_order_with_pages_and_other_filters() {
        tenant.accepts(
                event("one", "acme", "2026-01-01T00:00:00Z", "{}"),
                event("two", "bob", "2026-02-02T00:00:00Z", "{}"),
                event("three", "acme", "2026-02-03T00:00:00Z", "{}"),
                event("four", "carl", "2026-02-04T00:00:00Z", "{}"),
                event("five", "bob", "2026-03-05T00:00:00Z", "{}"));
        tenant.awaitStored(5);
        String both = "acme,bob,acme";
        assertThat(ids(tenant.list(Map.of("filter[subject][oeq]", both)))).isEqualTo("five three two one");
        JsonNode first = tenant.list(Map.of("filter[subject][oeq]", both, "page[size]", "3"));
        assertThat(ids(first)).isEqualTo("five three two");
        String next = first.at("/meta/page/next").asText();
        assertThat(ids(tenant.list(Map.of("filter[subject][oeq]", both, "page[size]", "3", "page[after]", next))))
                .isEqualTo("one");
        assertThat(ids(tenant.list(Map.of("filter[subject][oeq]", both, "sort", "stored_at"))))
                .isEqualTo("one two three five");
        assertThat(ids(tenant.list(Map.of(
                        "filter[subject]", "bob", "filter[time][lt]", "2026-03-01T00:00:00Z", "filter[id]", "two"))))
                .isEqualTo("two");
    }

    @Test
    void what_keeps_an_event_from_counting_is_said() {
        tenant.customer("acme");
        String tokens = tenant.meter("tokens", "sum", "$.tokens", Map.of());
        tenant.meter("runs", "count", null, Map.of());
        tenant.accepts(
                event("good", "acme", "2026-01-01T00:00:00Z", "{\"tokens\":\"12\"}"),
                event("bad", "acme", "2026-01-02T00:00:00Z", "{\"tokens\":\"twelve\"}"),
                event("missing", "acme", "2026-01-03T00:00:00Z", "{}"),
                event("nobody", "bob", "2026-01-04T00:00:00Z", "{\"tokens\":1}"),
                event("untyped", "other", "acme", "2026-01-05T00:00:00Z", "{}"));
        tenant.awaitStored(5);
        JsonNode rows = tenant.list(Map.of("sort", "time")).get("data");
        assertThat(rows.get(0).has("validation_errors")).isFalse();
        assertThat(rows.at("/1/validation_errors")).hasSize(1);
        assertThat(rows.at("/1/validation_errors/0/code").asText()).isEqualTo("meter_value_invalid");
        assertThat(rows.at("/1/validation_errors/0/message").asText())
                .isEqualTo("meter tokens does not count it: $.tokens is not a decimal number");
        assertThat(rows.at("/1/validation_errors/0/attributes/meter_key").asText())
                .isEqualTo("tokens");
        assertThat(rows.at("/1/validation_errors/0/attributes/meter_id").asText())
                .isEqualTo(tokens);
        assertThat(rows.at("/2/validation_errors/0/code").asText()).isEqualTo("meter_value_missing");
        assertThat(rows.at("/3/validation_errors/0/message").asText())
                .isEqualTo("no customer found for event subject: bob");
        assertThat(rows.at("/4/validation_errors/0/message").asText())
                .isEqualTo("no meter found for event type: other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"NaN\"|meter_value_invalid|is not a decimal number|",
                "\"Infinity\"|meter_value_invalid|is not a decimal number|",
                "\"-Infinity\"|meter_value_invalid|is not a decimal number|",
                "\"twelve\"|meter_value_invalid|is not a decimal number|",
                "\"\"|meter_value_invalid|is blank|meter_value_invalid",
                "true|meter_value_invalid|is not a number|",
                "1e61|meter_value_invalid|has too many digits|",
                "123456789012345678901234567890123456789|meter_value_invalid|has too many digits|",
                "null|meter_value_missing|is null|meter_value_missing",
                "{}|meter_value_missing|is an object or an array|meter_value_missing",
                "[1]|meter_value_missing|is an object or an array|meter_value_missing",
                "|meter_value_missing|is missing|meter_value_missing",
            })
    void what_is_no_value_is_stored_and_listed_with_a_reason_for_each_meter_and_not_aggregated(
            String value, String ofNumbers, String clause, String ofTexts) {
        tenant.customer("acme");
        List<String> meters = new ArrayList<>();
        for (String aggregation : List.of("sum", "avg", "min", "max", "latest")) {
            meters.add(tenant.meter(aggregation, aggregation, "$.n", Map.of()));
        }
        String visitors = tenant.meter("unique_count", "unique_count", "$.n", Map.of());
        String runs = tenant.meter("count", "count", null, Map.of());
        tenant.accepts(
                event("good", "acme", "2026-01-01T00:00:00Z", "{\"n\":7}"),
                event("bad", "acme", "2026-01-02T00:00:00Z", value == null ? "{}" : "{\"n\":" + value + "}"));
        tenant.awaitStored(2);

        JsonNode faults = tenant.list(Map.of("filter[id]", "bad")).at("/data/0/validation_errors");
        Map<String, String> codes = new TreeMap<>();
        faults.forEach(fault -> codes.put(
                fault.at("/attributes/meter_key").asText(), fault.get("code").asText()));
        Map<String, String> expected = new TreeMap<>();
        List.of("sum", "avg", "min", "max", "latest").forEach(key -> expected.put(key, ofNumbers));
        if (ofTexts != null) {
            expected.put("unique_count", ofTexts);
        }
        assertThat(codes).isEqualTo(expected);
        assertThat(faults)
                .filteredOn(fault -> fault.at("/attributes/meter_key").asText().equals("sum"))
                .singleElement()
                .extracting(fault -> fault.get("message").asText())
                .isEqualTo("meter sum does not count it: $.n " + clause);
        for (int round = 0; round < 2; round++) {
            meters.forEach(meter -> assertThat(value(meter)).isEqualTo("7"));
            assertThat(value(visitors)).isEqualTo(ofTexts == null ? "2" : "1");
            assertThat(value(runs)).isEqualTo("2");
            tenant.awaitCounted();
        }
    }

    private String value(String meter) {
        return tenant.answer(meter, "{}").at("/data/0/value").asText();
    }

    @Test
    void nobody_sees_another_tenants_events() {
        tenant.accepts(event("1", "acme", "2026-01-01T00:00:00Z", "{}"));
        tenant.awaitStored(1);
        assertThat(new Tenant().list(Map.of()).get("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page[size]=0",
                "page[size]=101",
                "page[size]=x",
                "page[before]=x",
                "page[after]=garbage",
                "page[number]=1",
                "sort=colour",
                "sort=time sideways",
                "filter[colour]=red",
                "filter[id][like]=x",
                "filter[time][contains]=2026",
                "filter[time]=yesterday",
                "filter[time][gt]=+999999999-01-01T00:00:00Z",
                "filter[stored_at][gt]=-9999-01-01T00:00:00Z",
                // +999999999-01-01T00:00:00Z|1
                "page[after]=Kzk5OTk5OTk5OS0wMS0wMVQwMDowMDowMFp8MQ",
                // 2026-01-01T00:00:00Z|x
                "page[after]=MjAyNi0wMS0wMVQwMDowMDowMFp8eA",
                "filter[customer_id]=acme",
                "filter[id]=a&filter[id]=b",
                "filter[id][eq]=a&filter[id][neq]=b",
            })
    void a_wrong_parameter_is_named(String query) {
        io.restassured.specification.RequestSpecification request = tenant.request();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            request.queryParam(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        Response response = request.get(Tenant.EVENTS);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        assertThat(query).contains(response.jsonPath().getString("invalid_parameters[0].field"));
        assertThat(response.jsonPath().getString("invalid_parameters[0].source"))
                .isEqualTo("query");
    }

    private static String ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.get("data").forEach(row -> ids.add(row.at("/event/id").asText()));
        return String.join(" ", ids);
    }
}
