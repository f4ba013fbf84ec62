package io.usance.ingestion;

import static io.usance.ingestion.Tenant.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.contracts.Topics;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.PlatformResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class ProjectionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tenant tenant = new Tenant();

    @Test
    void an_older_event_never_overwrites_a_newer_one() {
        String id = Tenant.ulid();
        tenant.publish(Topics.CATALOG, "MeterUpdated", id, 3, meter(id, "$.newest"));
        tenant.publish(Topics.CATALOG, "MeterCreated", id, 1, meter(id, "$.oldest"));
        tenant.publish(Topics.CATALOG, "MeterUpdated", id, 2, meter(id, "$.older"));
        awaitLast(Topics.CATALOG);
        assertThat(Database.column("select definition from ingestion.meter where id = ?", id)
                        .getFirst())
                .contains("$.newest");
    }

    @Test
    void a_meter_whose_end_was_heard_of_first_stays_deleted() {
        String id = Tenant.ulid();
        tenant.publish(
                Topics.CATALOG,
                "MeterDeleted",
                id,
                2,
                JSON.createObjectNode().put("meter_id", id).put("deleted_at", "2026-01-01T00:00:00Z"));
        tenant.publish(Topics.CATALOG, "MeterCreated", id, 1, meter(id, "$.d"));
        awaitLast(Topics.CATALOG);
        assertThat(tenant.query(id, "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void an_event_that_is_delivered_twice_changes_nothing() {
        String id = Tenant.ulid();
        String eventId = Tenant.ulid();
        for (int i = 0; i < 2; i++) {
            tenant.publish(Topics.CATALOG, eventId, "MeterCreated", id, 1, meter(id, "$.d"));
        }
        awaitLast(Topics.CATALOG);
        assertThat(Database.count("select count(*) from ingestion.inbox where event_id = ?", eventId))
                .isEqualTo(1);
    }

    @Test
    void a_subject_follows_its_customer_for_past_usage_too() {
        String meter = tenant.meter("m", "count", null, Map.of());
        String acme = tenant.customer("acme", "shared");
        tenant.accepts(event("1", "shared", "2026-01-01T10:00:00Z", "{}"));
        tenant.awaitStored(1);
        assertThat(owner(meter)).isEqualTo(acme);
        tenant.customerChanged(acme, "CustomerUpdated", 2, "acme");
        Eventually.holds(Tenant.DEADLINE, () -> assertThat(owner(meter)).isEmpty());
        String bob = tenant.customer("bob", "shared");
        assertThat(owner(meter)).isEqualTo(bob);
        tenant.publish(
                Topics.SUBSCRIPTION,
                "CustomerDeleted",
                bob,
                2,
                JSON.createObjectNode().put("customer_id", bob).put("deleted_at", "2026-01-01T00:00:00Z"));
        Eventually.holds(Tenant.DEADLINE, () -> assertThat(owner(meter)).isEmpty());
    }

    @Test
    void an_older_event_never_gives_a_customer_its_old_subjects_back() {
        String id = Tenant.ulid();
        tenant.customerChanged(id, "CustomerUpdated", 2, "acme", "new");
        tenant.customerChanged(id, "CustomerCreated", 1, "acme", "old");
        awaitLast(Topics.SUBSCRIPTION);
        assertThat(Database.column("select subject from ingestion.customer_subject where customer_id = ?", id))
                .containsExactlyInAnyOrder("acme", "new", id);
    }

    @Test
    void an_event_of_an_unknown_type_or_without_what_it_tells_of_blocks_nothing() {
        tenant.publish(Topics.CATALOG, "PlanPublished", Tenant.ulid(), 1, JSON.createObjectNode());
        tenant.publish(Topics.CATALOG, "MeterCreated", Tenant.ulid(), 1, JSON.createObjectNode());
        awaitLast(Topics.CATALOG);
    }

    private String owner(String meter) {
        return tenant.answer(meter, "{\"group_by_dimensions\":[\"customer_id\"]}")
                .at("/data/0/dimensions/customer_id")
                .asText();
    }

    /** Waits until everything that was published before has been taken. */
    private void awaitLast(String topic) {
        // Each partition keeps its order, and one entity's events are in one partition; so one more for each entity's.
        for (int i = 0; i < 16; i++) {
            String eventId = Tenant.ulid();
            tenant.publish(topic, eventId, "Nothing", Tenant.ulid(), 1, JSON.createObjectNode());
            Eventually.holds(
                    Tenant.DEADLINE,
                    () -> assertThat(Database.count("select count(*) from ingestion.inbox where event_id = ?", eventId))
                            .isEqualTo(1));
        }
    }

    private static JsonNode meter(String id, String path) {
        ObjectNode meter = JSON.createObjectNode();
        meter.put("id", id)
                .put("key", "m")
                .put("name", "m")
                .put("aggregation", "count")
                .put("event_type", "request")
                .putObject("dimensions")
                .put("d", path);
        return JSON.createObjectNode().set("meter", meter);
    }
}
