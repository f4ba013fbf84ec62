package io.usance.runtime.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.lamp.KnownLamps;
import io.usance.runtime.lamp.LampPlatform;
import io.usance.runtime.lamp.Lamps;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.Namespaces;
import io.usance.testkit.Topic;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LampPlatform.class)
class RejectedRecordsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TestHTTPResource(value = "/rejected", management = true)
    String rejected;

    @Inject
    Ids ids;

    private final String namespace = Namespaces.fresh();
    private final KnownLamps known = new KnownLamps(namespace);

    @Test
    void what_was_put_aside_is_listed_and_is_processed_when_it_is_sent_again_after_its_cause_is_mended() {
        // Each works at the next try, as if somebody had mended what made it fail.
        publish("hall");
        publish("cellar");
        Eventually.holds(SOON, () -> assertThat(waiting()).hasSize(2));
        Map<String, Object> hall = waiting().stream()
                .filter(one -> one.get("key").equals(namespace + "/hall"))
                .findFirst()
                .orElseThrow();
        assertThat(hall)
                .containsEntry("key", namespace + "/hall")
                .containsEntry("reason", "java.lang.IllegalStateException: flickers")
                .containsEntry("tries", String.valueOf(Deliveries.TRIES_MAX))
                .containsKeys("service", "rejected_at", "bytes");
        assertThat(hall.get("origin").toString()).startsWith(Lamps.TOPIC + "/");
        assertThat(hall.get("id").toString()).startsWith(Lamps.TOPIC + ".dlq/");

        assertThat(send("id=" + hall.get("id"))).isEqualTo(1);

        Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("flickering"));
        assertThat(waiting()).extracting(one -> one.get("key")).containsExactly(namespace + "/cellar");
        assertThat(waiting().getFirst())
                .as("what stays keeps what is known of it")
                .containsEntry("reason", "java.lang.IllegalStateException: flickers")
                .containsEntry("service", hall.get("service"));
        assertThat(taken("cellar")).isZero();

        int all = list().size();
        assertThat(send("all=true")).isEqualTo(all);

        Eventually.holds(SOON, () -> assertThat(known.color("cellar")).isEqualTo("flickering"));
        assertThat(waiting()).isEmpty();
        Eventually.holds(
                SOON, () -> assertThat(list()).as("what fails again is back").hasSize(all - 1));
        assertThat(known.taken("hall")).isEqualTo(1);
    }

    @Test
    void what_fails_again_is_put_aside_again() {
        Topic.publish(Lamps.TOPIC, namespace + "/hall", "not json at all");
        Eventually.holds(SOON, () -> assertThat(waiting()).hasSize(1));
        Object id = waiting().getFirst().get("id");

        assertThat(send("id=" + id)).isEqualTo(1);

        Eventually.holds(
                SOON,
                () -> assertThat(waiting())
                        .hasSize(1)
                        .extracting(one -> one.get("id"))
                        .doesNotContain(id));
    }

    @Test
    void it_has_to_be_said_what_is_to_be_sent() {
        given().post(rejected + "/send").then().statusCode(400);
        given().post(rejected + "/send?all=true&id=a").then().statusCode(400);
        given().post(rejected + "/send?id=" + Lamps.TOPIC + ".dlq/0/999999")
                .then()
                .statusCode(404);
    }

    @Test
    void callers_see_nothing_of_it() {
        given().get("/q/rejected").then().statusCode(404);
    }

    /** A lamp whose event fails until it is put aside, and never again. */
    private void publish(String lamp) {
        Topic.publish(
                Lamps.TOPIC, namespace + "/" + lamp, """
                {"event_id":"%s","type":"LampFlickered","namespace":"%s","entity_id":"%s","sequence":1,
                 "occurred_at":"2026-01-01T00:00:00Z","data":{"times":%d}}""".formatted(ids.next(), namespace, lamp, Deliveries.TRIES_MAX));
    }

    private List<Map<String, Object>> list() {
        JsonPath list = given().get(rejected).then().statusCode(200).extract().jsonPath();
        return list.getList("data");
    }

    private List<Map<String, Object>> waiting() {
        return list().stream()
                .filter(one -> String.valueOf(one.get("key")).startsWith(namespace + "/"))
                .toList();
    }

    private int send(String what) {
        return given().post(rejected + "/send?" + what)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("sent");
    }

    private long taken(String lamp) {
        return Database.count(
                "select count(*) from runtime.known_lamp where namespace = ? and id = ?", namespace, lamp);
    }
}
