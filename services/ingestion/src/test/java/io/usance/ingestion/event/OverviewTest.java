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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class OverviewTest {
    private final Tenant tenant = new Tenant();

    @Test
    void events_are_summed_up_by_time_type_and_customer() {
        String acme = tenant.customer("acme", "acme", "acme-eu");
        tenant.meter("tokens", "sum", "$.n", Map.of());
        tenant.accepts(
                event("1", "acme", "2026-01-01T10:00:00Z", "{\"n\":1}"),
                event("2", "acme-eu", "2026-01-01T10:00:09.999Z", "{\"n\":1}"),
                event("3", "acme", "2026-01-01T10:00:10Z", "{\"n\":\"many\"}"),
                event("4", "nobody", "2026-01-01T10:05:00Z", "{\"n\":1}"),
                event("5", "other", "acme", "2026-01-01T10:05:00Z", "{}"),
                event("before", "acme", "2026-01-01T09:59:59Z", "{\"n\":1}"),
                event("after", "acme", "2026-01-01T10:10:00Z", "{\"n\":1}"));
        tenant.awaitStored(7);
        new Tenant().accepts(event("theirs", "acme", "2026-01-01T10:00:00Z", "{}"));

        JsonNode overview = overview(Map.of("from", "2026-01-01T10:00:00Z", "to", "2026-01-01T10:10:00Z"));

        assertThat(overview.get("events").asInt()).isEqualTo(5);
        assertThat(overview.get("complete").asBoolean()).isTrue();
        assertThat(overview.get("bucket_seconds").asInt()).isEqualTo(10);
        assertThat(overview.get("buckets")).hasSize(60);
        assertThat(overview.at("/buckets/0/events").asInt()).isEqualTo(2);
        assertThat(overview.at("/buckets/1/start").asText()).isEqualTo("2026-01-01T10:00:10Z");
        assertThat(overview.at("/buckets/1/events").asInt()).isEqualTo(1);
        assertThat(overview.at("/buckets/30/events").asInt()).isEqualTo(2);
        assertThat(overview.get("unmatched").toString())
                .isEqualTo("{\"no_meter\":1,\"no_customer\":1,\"invalid_value\":1,\"values_checked\":5}");
        assertThat(overview.get("top_customers")).hasSize(1);
        assertThat(overview.at("/top_customers/0/customer").toString())
                .isEqualTo("{\"id\":\"%s\",\"key\":\"acme\",\"name\":\"Name of acme\"}".formatted(acme));
        assertThat(overview.at("/top_customers/0/events").asInt()).isEqualTo(4);
        assertThat(overview.get("top_types").toString())
                .isEqualTo(
                        "[{\"type\":\"request\",\"events\":4,\"metered\":true},{\"type\":\"other\",\"events\":1,\"metered\":false}]");
        JsonNode freshness = overview.get("freshness");
        assertThat(freshness.get("median_millis").asLong())
                .isBetween(0L, freshness.get("p99_millis").asLong());
        assertThat(Instant.parse(freshness.get("last_stored_at").asText()))
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void where_nothing_came_there_is_nothing_to_sum_up() {
        JsonNode overview = overview(Map.of());

        assertThat(overview.get("events").asInt()).isZero();
        assertThat(overview.get("bucket_seconds").asInt()).isEqualTo(30);
        assertThat(overview.get("buckets")).hasSize(120);
        assertThat(overview.has("freshness")).isFalse();
        assertThat(overview.get("top_types")).isEmpty();
    }

    @Test
    void a_stretch_that_is_none_is_refused() {
        for (Map<String, String> parameters : List.of(
                Map.of("from", "yesterday"),
                Map.of("to", "2026-01-01"),
                Map.of("from", "2026-01-02T00:00:00Z", "to", "2026-01-02T00:00:00Z"),
                Map.of("from", "2026-01-01T00:00:00Z", "to", "2026-01-08T00:00:01Z"),
                Map.of("from", "2999-01-01T00:00:00Z"))) {
            Response response = tenant.request().queryParams(parameters).get(Tenant.EVENTS + "/overview");
            assertThat(response.statusCode()).as(parameters.toString()).isEqualTo(400);
        }
    }

    private JsonNode overview(Map<String, String> parameters) {
        Response response = tenant.request().queryParams(parameters).get(Tenant.EVENTS + "/overview");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return Tenant.tree(response.asString());
    }
}
