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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class CheckMeterTest {
    private static final String SUM = """
            "meter": {"event_type": "request", "aggregation": "sum", "value_property": "$.n", "dimensions": {"model": "$.m"}}""";

    private final Tenant tenant = new Tenant();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum          | {\"n\": 1.50}    | 1.50 |",
                "sum          | {\"n\": \"2\"}   | 2    |",
                "sum          | {\"n\": \"two\"} |      | meter_value_invalid",
                "sum          | {\"n\": true}    |      | meter_value_invalid",
                "sum          | {}               |      | meter_value_missing",
                "sum          | {\"n\": [1]}     |      | meter_value_missing",
                "unique_count | {\"n\": \"two\"} | two  |",
                "count        | {}               | 1    |",
            })
    void data_counts_as_it_would_in_an_event(String aggregation, String data, String value, String code) {
        JsonNode result = check("""
                {"meter": {"event_type": "request", "aggregation": "%s", "value_property": "$.n"}, "data": %s}""".formatted(aggregation, data));

        JsonNode tried = result.at("/events/0");
        assertThat(tried.has("event")).isFalse();
        assertThat(tried.get("counted").asBoolean()).isEqualTo(code == null);
        assertThat(tried.path("value").asText(null)).isEqualTo(value);
        assertThat(tried.path("code").asText(null)).isEqualTo(code);
        assertThat(tried.has("message")).isEqualTo(code != null);
    }

    @Test
    void without_data_the_latest_events_of_the_type_are_tried() {
        Tenant other = new Tenant();
        other.accepts(event("theirs", "a", "2026-01-03T00:00:00Z", "{\"n\":9}"));
        tenant.accepts(IntStream.range(0, 8)
                .mapToObj(i -> event(
                        "e" + i, "a", "2026-01-01T00:00:0%dZ".formatted(i), "{\"n\":%d,\"m\":\"m%d\"}".formatted(i, i)))
                .toArray(String[]::new));
        tenant.accepts(event("other", "another", "a", "2026-01-02T00:00:00Z", "{\"n\":9}"));
        tenant.awaitStored(9);
        other.awaitStored(1);

        JsonNode few = check("{" + SUM + "}");
        JsonNode all = check("{" + SUM + ", \"events_max\": 20}");

        assertThat(few.get("events")).hasSize(5);
        assertThat(few.at("/events/0/event/id").asText()).isEqualTo("e7");
        assertThat(few.at("/events/0/value").asText()).isEqualTo("7");
        assertThat(few.at("/events/0/dimensions/model").asText()).isEqualTo("m7");
        assertThat(all.get("events")).hasSize(8);
        assertThat(check("{\"meter\": {\"event_type\": \"nothing\", \"aggregation\": \"count\"}}")
                        .get("events"))
                .isEmpty();
    }

    @Test
    void what_is_wrong_with_the_meter_is_told_by_field() {
        JsonNode faults = check("""
                {"meter": {"event_type": "request", "aggregation": "sum", "value_property": "$.[", "dimensions": {"a": "$..", "b": "$.b"}},
                 "data": {"n": 1}}""").get("faults");
        JsonNode missing = check("{\"meter\": {\"event_type\": \"request\", \"aggregation\": \"max\"}, \"data\": {}}")
                .get("faults");

        assertThat(faults.findValuesAsText("field")).containsExactly("value_property", "dimensions.a");
        assertThat(missing.findValuesAsText("field")).containsExactly("value_property");
        assertThat(check("{" + SUM + ", \"data\": {}}").get("faults")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"meter\": {\"event_type\": \"request\"}}",
                "{\"meter\": {\"event_type\": \"request\", \"aggregation\": \"median\"}}",
                "{\"meter\": {\"event_type\": \"request\", \"aggregation\": \"count\"}, \"events_max\": 21}",
                "{\"meter\": {\"event_type\": \"request\", \"aggregation\": \"count\"}, \"events_max\": 0}",
                "{\"meter\": {\"event_type\": \"request\", \"aggregation\": \"count\"}, \"data\": 5}",
                "{\"meter\": {\"event_type\": \"request\", \"aggregation\": \"count\", \"name\": \"x\"}}",
            })
    void a_malformed_question_is_refused(String body) {
        assertThat(tenant.post("/v3/openmeter/meters/check", body).statusCode()).isEqualTo(400);
    }

    private JsonNode check(String body) {
        Response response = tenant.post("/v3/openmeter/meters/check", body);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return Tenant.tree(response.asString());
    }
}
