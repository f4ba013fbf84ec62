package io.usance.ingestion.usage;

import static io.usance.ingestion.Tenant.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.contracts.Topics;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.Eventually;
import io.usance.testkit.PlatformResource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class MeterQueryTest {
    private static final String DAY = "\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"";

    private final Tenant tenant = new Tenant();

    @Test
    void a_value_comes_back_to_the_last_digit() {
        String meter = tenant.meter("tokens", "sum", "$.n", Map.of());
        tenant.accepts(event("1", "acme", "2026-01-01T10:00:00Z", "{\"n\":12345678901234567890.123456789}"));
        tenant.awaitStored(1);
        assertThat(tenant.query(meter, "{}").asString()).isEqualTo("""
                        {"data":[{"value":"12345678901234567890.123456789","from":"2026-01-01T10:00:00Z",\
                        "to":"2026-01-01T10:01:00Z","dimensions":{}}]}""");
    }

    @ParameterizedTest
    @CsvSource({
        "sum,          10.50",
        "count,        7",
        "avg,          2.625",
        "min,          1",
        "max,          5.00",
        "unique_count, 5",
        "latest,       2.5",
    })
    void an_aggregation_takes_what_it_can_use(String aggregation, String value) {
        String meter = tenant.meter("m", aggregation, "count".equals(aggregation) ? null : "$.n", Map.of());
        tenant.accepts(
                event("1", "acme", "2026-01-01T10:00:00Z", "{\"n\":1}"),
                event("2", "acme", "2026-01-01T11:00:00Z", "{\"n\":\"2.0\"}"),
                event("3", "acme", "2026-01-01T12:00:00Z", "{\"n\":5.00}"),
                event("4", "acme", "2026-01-01T13:00:00Z", "{\"n\":2.5}"),
                event("5", "acme", "2026-01-01T14:00:00Z", "{\"n\":null}"),
                event("6", "acme", "2026-01-01T15:00:00Z", "{\"n\":\"NaN\"}"),
                event("7", "acme", "2026-01-01T16:00:00Z", "{\"n\":[7]}"),
                event("8", "other", "acme", "2026-01-01T17:00:00Z", "{\"n\":100}"));
        tenant.awaitStored(8);
        assertThat(tenant.answer(meter, "{" + DAY + "}").at("/data/0/value").asText())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"count, 0", "unique_count, 0", "sum,", "avg,", "min,", "max,", "latest,"})
    void an_empty_range_has_one_row_where_something_is_counted(String aggregation, String value) {
        String meter = tenant.meter("m", aggregation, "count".equals(aggregation) ? null : "$.n", Map.of("d", "$.d"));
        JsonNode data = tenant.answer(meter, "{" + DAY + "}").get("data");
        if (value == null) {
            assertThat(data).isEmpty();
        } else {
            assertThat(data).hasSize(1);
            assertThat(data.at("/0/value").asText()).isEqualTo(value);
            assertThat(data.at("/0/from").asText()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(data.at("/0/to").asText()).isEqualTo("2026-01-02T00:00:00Z");
        }
        for (String more : new String[] {
            DAY + ",\"granularity\":\"P1D\"",
            DAY + ",\"group_by_dimensions\":[\"d\"]",
            "\"from\":\"2026-01-01T00:00:00Z\"",
            "\"to\":\"2026-01-01T00:00:00Z\"",
        }) {
            assertThat(tenant.answer(meter, "{" + more + "}").get("data")).isEmpty();
        }
    }

    @Test
    void from_is_inside_and_to_is_outside() {
        String meter = tenant.meter("m", "count", null, Map.of());
        tenant.accepts(
                event("1", "acme", "2025-12-31T23:59:59.999999Z", "{}"),
                event("2", "acme", "2026-01-01T00:00:00Z", "{}"),
                event("3", "acme", "2026-01-01T23:59:59.999999Z", "{}"),
                event("4", "acme", "2026-01-02T00:00:00Z", "{}"));
        tenant.awaitStored(4);
        JsonNode answer = tenant.answer(meter, "{" + DAY + "}");
        assertThat(answer.at("/data/0/value").asText()).isEqualTo("2");
        assertThat(answer.get("from").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(answer.get("to").asText()).isEqualTo("2026-01-02T00:00:00Z");
    }

    @Test
    void an_open_side_reaches_to_the_minute_of_the_first_and_of_the_last_event_of_each_group() {
        String meter = tenant.meter("m", "count", null, Map.of("d", "$.d"));
        tenant.accepts(
                event("1", "acme", "2026-01-01T10:00:30Z", "{\"d\":\"x\"}"),
                event("2", "acme", "2026-01-01T11:00:00Z", "{\"d\":\"x\"}"),
                event("3", "acme", "2026-01-01T12:34:56Z", "{}"));
        tenant.awaitStored(3);
        assertThat(tenant.answer(meter, "{\"group_by_dimensions\":[\"d\"]}")
                        .get("data")
                        .toString())
                .isEqualTo("""
                        [{"value":"2","from":"2026-01-01T10:00:00Z","to":"2026-01-01T11:01:00Z","dimensions":{"d":"x"}},\
                        {"value":"1","from":"2026-01-01T12:34:00Z","to":"2026-01-01T12:35:00Z","dimensions":{"d":""}}]""");
    }

    @Test
    void a_day_of_a_zone_has_23_or_25_hours_when_its_clocks_change() {
        String meter = tenant.meter("m", "count", null, Map.of());
        tenant.accepts(
                event("1", "acme", "2026-03-29T10:00:00Z", "{}"),
                event("2", "acme", "2026-10-25T10:00:00Z", "{}"),
                event("3", "acme", "2026-10-25T22:59:59Z", "{}"),
                event("4", "acme", "2026-10-25T23:00:00Z", "{}"));
        tenant.awaitStored(4);
        assertThat(tenant.answer(meter, "{\"granularity\":\"P1D\",\"time_zone\":\"Europe/Berlin\"}")
                        .get("data")
                        .toString())
                .isEqualTo("""
                        [{"value":"1","from":"2026-03-28T23:00:00Z","to":"2026-03-29T22:00:00Z","dimensions":{}},\
                        {"value":"2","from":"2026-10-24T22:00:00Z","to":"2026-10-25T23:00:00Z","dimensions":{}},\
                        {"value":"1","from":"2026-10-25T23:00:00Z","to":"2026-10-26T23:00:00Z","dimensions":{}}]""");
    }

    @Test
    void subject_and_customer_are_dimensions_of_every_meter() {
        String acme = tenant.customer("acme", "acme-1");
        String bob = tenant.customer("bob");
        String meter = tenant.meter("m", "unique_count", "$.user", Map.of("d", "$.d"));
        tenant.accepts(
                event("1", "acme", "2026-01-01T10:00:00Z", "{\"user\":\"u1\",\"d\":\"x\"}"),
                event("2", "acme-1", "2026-01-01T10:00:00Z", "{\"user\":\"u1\",\"d\":\"x\"}"),
                event("3", "acme-1", "2026-01-01T10:00:00Z", "{\"user\":\"u2\",\"d\":\"y\"}"),
                event("4", "bob", "2026-01-01T10:00:00Z", "{\"user\":\"u1\",\"d\":\"x\"}"),
                event("5", "nobody", "2026-01-01T10:00:00Z", "{\"user\":\"u9\",\"d\":\"x\"}"));
        tenant.awaitStored(5);

        assertThat(rows(meter, "\"group_by_dimensions\":[\"customer_id\"]"))
                .isEqualTo("customer_id= 1, customer_id=%s 2, customer_id=%s 1".formatted(acme, bob));
        assertThat(rows(meter, "\"group_by_dimensions\":[\"d\",\"subject\"]"))
                .isEqualTo("subject=acme d=x 1, subject=acme-1 d=x 1, subject=acme-1 d=y 1, subject=bob d=x 1,"
                        + " subject=nobody d=x 1");
        assertThat(rows(meter, filter("customer_id", "{\"eq\":\"" + acme + "\"}")))
                .isEqualTo("2");
        assertThat(rows(meter, filter("customer_id", "{\"in\":[\"%s\",\"%s\"]}".formatted(acme, bob))))
                .isEqualTo("customer_id=%s 2, customer_id=%s 1".formatted(acme, bob));
        assertThat(rows(meter, filter("subject", "{\"eq\":\"acme\"}"))).isEqualTo("1");
        assertThat(rows(meter, filter("subject", "\"acme\""))).isEqualTo("1");
        assertThat(rows(meter, filter("subject", "{\"in\":[\"acme\",\"bob\"]}")))
                .isEqualTo("subject=acme 1, subject=bob 1");
        assertThat(rows(meter, filter("customer_id", "{\"eq\":\"%s\"}".formatted(Tenant.ulid()))))
                .isEqualTo("0");
        assertThat(rows(meter, """
                        "filters":{"dimensions":{"customer_id":"%s","subject":{"in":["acme-1","bob"]}}}""".formatted(acme))).isEqualTo("subject=acme-1 2");
    }

    @Test
    void filters_and_groups_go_together() {
        String meter = tenant.meter("m", "sum", "$.n", Map.of("model", "$.model", "kind", "$.kind"));
        tenant.accepts(
                event("1", "a", "2026-01-01T10:00:00Z", "{\"n\":1,\"model\":\"gpt-4\",\"kind\":\"in\"}"),
                event("2", "a", "2026-01-01T10:00:00Z", "{\"n\":2,\"model\":\"gpt-4o\",\"kind\":\"out\"}"),
                event("3", "a", "2026-01-01T10:00:00Z", "{\"n\":4,\"model\":\"claude\"}"),
                event("4", "a", "2026-01-01T10:00:00Z", "{\"n\":8,\"model\":7,\"kind\":true}"));
        tenant.awaitStored(4);
        assertThat(rows(meter, filter("model", "\"gpt-4\""))).isEqualTo("1");
        assertThat(rows(meter, filter("model", "{\"eq\":\"7\"}"))).isEqualTo("8");
        assertThat(rows(meter, filter("model", "{\"neq\":\"gpt-4\"}"))).isEqualTo("14");
        assertThat(rows(meter, filter("model", "{\"in\":[\"gpt-4\",\"claude\"]}")))
                .isEqualTo("5");
        assertThat(rows(meter, filter("model", "{\"nin\":[\"gpt-4\",\"claude\"]}")))
                .isEqualTo("10");
        assertThat(rows(meter, filter("model", "{\"contains\":\"gpt\"}"))).isEqualTo("3");
        assertThat(rows(meter, filter("model", "{\"ncontains\":\"gpt\"}"))).isEqualTo("12");
        assertThat(rows(meter, filter("kind", "{\"exists\":false}"))).isEqualTo("4");
        assertThat(rows(meter, filter("kind", "{\"exists\":true}"))).isEqualTo("11");
        assertThat(rows(meter, filter("model", "{\"or\":[{\"eq\":\"claude\"},{\"contains\":\"4o\"}]}")))
                .isEqualTo("6");
        assertThat(rows(meter, filter("model", "{\"and\":[{\"contains\":\"gpt\"},{\"neq\":\"gpt-4o\"}]}")))
                .isEqualTo("1");
        assertThat(rows(meter, "\"group_by_dimensions\":[\"kind\"]," + filter("model", "{\"neq\":\"gpt-4\"}")))
                .isEqualTo("kind= 4, kind=out 2, kind=true 8");
    }

    @Test
    void a_meter_does_not_look_further_back_than_it_was_told() {
        ObjectNode meter = new ObjectMapper().createObjectNode();
        meter.put("key", "m")
                .put("name", "m")
                .put("aggregation", "count")
                .put("event_type", "request")
                .put("events_from", "2026-01-01T12:00:00Z");
        String id = tenant.meter(meter);
        tenant.accepts(event("1", "a", "2026-01-01T11:59:59Z", "{}"), event("2", "a", "2026-01-01T12:00:00Z", "{}"));
        tenant.awaitStored(2);
        assertThat(rows(id, "\"granularity\":\"P1D\"")).isEqualTo("1");
        assertThat(tenant.answer(id, "{}").at("/data/0/value").asText()).isEqualTo("1");
        assertThat(tenant.answer(id, "{" + DAY + "}").at("/data/0/value").asText())
                .isEqualTo("1");
    }

    @Test
    void a_table_is_given_as_csv_to_who_asks_for_it() {
        String acme = tenant.customer("ac,me");
        String meter = tenant.meter("m", "sum", "$.n", Map.of("d", "$.d"));
        tenant.accepts(
                event("1", "ac,me", "2026-01-01T10:00:00Z", "{\"n\":1.50,\"d\":\"say \\\"hi\\\"\"}"),
                event("2", "nobody", "2026-01-01T10:00:00Z", "{\"n\":1e3,\"d\":\"two\\nlines\"}"));
        tenant.awaitStored(2);
        Response response = tenant.request()
                .accept("text/csv")
                .contentType("application/json")
                .body("{" + DAY + ",\"group_by_dimensions\":[\"subject\",\"customer_id\",\"d\"]}")
                .post("/v3/openmeter/meters/" + meter + "/query");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).isEqualToIgnoringCase("text/csv;charset=UTF-8");
        assertThat(response.asString())
                .isEqualTo("from,to,subject,customer_id,customer_key,customer_name,d,value\r\n"
                        + "2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,\"ac,me\"," + acme
                        + ",\"ac,me\",\"Name of ac,me\",\"say \"\"hi\"\"\",1.50\r\n"
                        + "2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,nobody,,,,\"two\nlines\",1000\r\n");
        for (String accept : new String[] {"*/*", "application/json", "application/json, text/csv", "text/html, */*"}) {
            assertThat(tenant.request()
                            .accept(accept)
                            .contentType("application/json")
                            .body("{}")
                            .post("/v3/openmeter/meters/" + meter + "/query")
                            .contentType())
                    .startsWith("application/json");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|body",
                "[]|body",
                "nonsense|body",
                "{\"from\":\"yesterday\"}|from",
                "{\"from\":7}|from",
                "{\"granularity\":\"P1W\"}|granularity",
                "{\"time_zone\":\"Mars/Olympus\"}|time_zone",
                "{\"time_zone\":\"\"}|time_zone",
                "{\"group_by_dimensions\":[\"colour\"]}|group_by_dimensions[0]",
                "{\"group_by_dimensions\":[7]}|group_by_dimensions[0]",
                "{\"filters\":{\"dimensions\":{\"colour\":\"red\"}}}|filters.dimensions.colour",
                "{\"filters\":{\"dimensions\":{\"d\":{\"like\":\"x\"}}}}|filters.dimensions.d.like",
                "{\"filters\":{\"dimensions\":{\"d\":{\"in\":[]}}}}|filters.dimensions.d.in",
                "{\"filters\":{\"dimensions\":{\"d\":null}}}|filters.dimensions.d",
                "{\"filters\":{\"dimensions\":{\"d\":{\"or\":[{\"or\":[{\"eq\":\"x\"}]}]}}}}|filters.dimensions.d",
                "{\"filters\":{\"dimensions\":{\"subject\":{\"neq\":\"x\"}}}}|filters.dimensions.subject",
                "{\"filters\":{\"dimensions\":{\"customer_id\":{}}}}|filters.dimensions.customer_id",
                "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}|to",
                "{\"colour\":\"red\"}|colour",
            })
    void a_wrong_question_is_named(String body, String field) {
        Response response = tenant.query(tenant.meter("m", "count", null, Map.of("d", "$.d")), body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        assertThat(response.jsonPath().getString("invalid_parameters[0].field")).isEqualTo(field);
    }

    @Test
    void every_fault_is_named_and_an_unknown_dimension_with_those_that_are_known() {
        Response response = tenant.query(tenant.meter("m", "count", null, Map.of("model", "$.model")), """
                {"from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z","time_zone":"X",
                 "group_by_dimensions":["a","model","b"],"filters":{"dimensions":{"c":"x"}}}""");
        assertThat(response.jsonPath().getList("invalid_parameters.field", String.class))
                .containsExactly(
                        "to", "time_zone", "group_by_dimensions[0]", "group_by_dimensions[2]", "filters.dimensions.c");
        assertThat(response.jsonPath().getList("invalid_parameters[2].choices", String.class))
                .containsExactly("customer_id", "model", "subject");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01HZZZZZZZZZZZZZZZZZZZZZZZ", "agent_runs_total", "%00", "x'y"})
    void a_meter_that_is_not_there_is_not_found(String id) {
        Response response = tenant.request()
                .urlEncodingEnabled(false)
                .contentType("application/json")
                .body("{}")
                .post("/v3/openmeter/meters/" + id + "/query");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
    }

    @Test
    void another_tenants_meter_is_not_found() {
        String meter = new Tenant().meter("m", "count", null, Map.of());
        assertThat(tenant.query(meter, "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void a_deleted_meter_is_not_found() {
        String meter = tenant.meter("m", "count", null, Map.of());
        tenant.publish(
                Topics.CATALOG,
                "MeterDeleted",
                meter,
                2,
                new ObjectMapper().createObjectNode().put("meter_id", meter).put("deleted_at", "2026-01-01T00:00:00Z"));
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> assertThat(tenant.query(meter, "{}").statusCode()).isEqualTo(404));
    }

    @Test
    void a_meter_that_was_not_heard_of_yet_is_asked_for() {
        String id = Tenant.ulid();
        Owners.answer("/internal/meters/" + id, meter(id, "{}"));
        tenant.accepts(event("1", "a", "2026-01-01T10:00:00Z", "{\"n\":3}"));
        tenant.awaitStored(1);
        assertThat(tenant.answer(id, "{}").at("/data/0/value").asText()).isEqualTo("3");
    }

    @Test
    void a_dimension_that_was_not_heard_of_yet_is_asked_for() {
        String id = tenant.meter("m", "sum", "$.n", Map.of());
        Owners.answer("/internal/meters/" + id, meter(id, "{\"fresh\":\"$.fresh\"}"));
        tenant.accepts(event("1", "a", "2026-01-01T10:00:00Z", "{\"n\":3,\"fresh\":\"x\"}"));
        tenant.awaitStored(1);
        assertThat(rows(id, "\"group_by_dimensions\":[\"fresh\"]")).isEqualTo("fresh=x 3");
    }

    @Test
    void a_customer_that_was_not_heard_of_yet_is_asked_for() {
        String id = Tenant.ulid();
        Owners.answer("/internal/customers/" + id, """
                {"id":"%s","key":"late","name":"Late","subject_keys":["late-1"]}""".formatted(id));
        String meter = tenant.meter("m", "count", null, Map.of());
        tenant.accepts(
                event("1", "late", "2026-01-01T10:00:00Z", "{}"),
                event("2", "late-1", "2026-01-01T10:00:00Z", "{}"),
                event("3", "other", "2026-01-01T10:00:00Z", "{}"));
        tenant.awaitStored(3);
        assertThat(rows(meter, "\"group_by_dimensions\":[\"customer_id\"]," + filter("customer_id", "\"" + id + "\"")))
                .isEqualTo("customer_id=" + id + " 2");
    }

    private static String meter(String id, String dimensions) {
        return """
                {"id":"%s","key":"m","name":"m","aggregation":"sum","event_type":"request","value_property":"$.n",\
                "dimensions":%s}""".formatted(id, dimensions);
    }

    private static String filter(String dimension, String condition) {
        return "\"filters\":{\"dimensions\":{\"" + dimension + "\":" + condition + "}}";
    }

    /** The rows of one day as text: dimensions and value. */
    private String rows(String meter, String question) {
        StringBuilder rows = new StringBuilder();
        for (JsonNode row :
                tenant.answer(meter, "{" + DAY + "," + question + "}").get("data")) {
            rows.append(rows.isEmpty() ? "" : ", ");
            row.get("dimensions")
                    .properties()
                    .forEach(dimension -> rows.append(dimension.getKey())
                            .append('=')
                            .append(dimension.getValue().asText())
                            .append(' '));
            rows.append(row.get("value").asText());
        }
        return rows.toString();
    }
}
