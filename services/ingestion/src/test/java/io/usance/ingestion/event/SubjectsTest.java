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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class SubjectsTest {
    private static final String SUBJECTS = "/v3/openmeter/subjects";

    private final Tenant tenant = new Tenant();

    @Test
    void each_subject_is_listed_once_with_when_it_was_last_seen_and_whose_it_is() {
        String customer = tenant.customer("acme", "acme");
        tenant.accepts(
                event("1", "acme", "2026-01-01T00:00:00Z", "{}"),
                event("2", "acme", "2026-03-01T00:00:00Z", "{}"),
                event("3", "acme", "2026-02-01T00:00:00Z", "{}"),
                event("4", "globex", "2025-11-01T00:00:00Z", "{}"));
        tenant.awaitStored(4);
        new Tenant().accepts(event("5", "theirs", "2026-01-01T00:00:00Z", "{}"));

        JsonNode data = list(Map.of()).get("data");

        assertThat(data.findValuesAsText("key")).containsExactly("acme", "globex");
        assertThat(data.at("/0/last_seen_at").asText()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(data.at("/0/customer/id").asText()).isEqualTo(customer);
        assertThat(data.at("/1").has("customer")).isFalse();
    }

    @Test
    void pages_follow_one_another_without_gap_or_repetition_also_with_the_longest_keys() {
        List<String> keys = new ArrayList<>(IntStream.range(0, 23)
                .mapToObj(i -> "subject-%02d".formatted(i))
                .toList());
        keys.add("z".repeat(1_024));
        keys.add("z".repeat(1_023));
        tenant.accepts(IntStream.range(0, 100)
                .mapToObj(i ->
                        event("e" + i, keys.get(i % keys.size()), "2026-01-%02dT00:00:00Z".formatted(1 + i % 28), "{}"))
                .toArray(String[]::new));
        tenant.awaitStored(100);

        List<String> seen = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>(Map.of("page[size]", 4));
        JsonNode page;
        do {
            page = list(parameters);
            seen.addAll(page.get("data").findValuesAsText("key"));
            parameters.put("page[after]", page.at("/meta/page/next").asText());
        } while (!page.at("/meta/page/next").isNull());

        assertThat(seen).isEqualTo(keys.stream().sorted().toList());
    }

    @Test
    void a_list_begins_at_the_key_that_is_asked_for() {
        tenant.accepts(
                event("1", "a", "2026-01-01T00:00:00Z", "{}"),
                event("2", "ba", "2026-01-01T00:00:00Z", "{}"),
                event("3", "c", "2026-01-01T00:00:00Z", "{}"));
        tenant.awaitStored(3);

        assertThat(list(Map.of("filter[key][gte]", "b")).get("data").findValuesAsText("key"))
                .containsExactly("ba", "c");
    }

    @Test
    void what_the_list_cannot_do_is_refused() {
        for (Map<String, String> parameters : List.of(
                Map.of("filter[key][contains]", "a"),
                Map.of("filter[key]", "a"),
                Map.of("sort", "key desc"),
                Map.of("sort", "last_seen_at"),
                Map.of("page[size]", "101"))) {
            assertThat(tenant.request().queryParams(parameters).get(SUBJECTS).statusCode())
                    .as(parameters.toString())
                    .isEqualTo(400);
        }
    }

    private JsonNode list(Map<String, ?> parameters) {
        Response response = tenant.request().queryParams(parameters).get(SUBJECTS);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return Tenant.tree(response.asString());
    }
}
