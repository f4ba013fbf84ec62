package io.usance.runtime.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.lamp.Cable;
import io.usance.runtime.lamp.Calls;
import io.usance.runtime.lamp.KnownLamps;
import io.usance.runtime.lamp.LampPlatform;
import io.usance.runtime.lamp.LampTopic;
import io.usance.runtime.lamp.Lamps;
import io.usance.runtime.lamp.LogLines;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.Namespaces;
import io.usance.testkit.Topic;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LampPlatform.class)
class DeliveriesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DEAD_LETTERS = Lamps.TOPIC + ".dlq";

    @Inject
    Lamps lamps;

    @Inject
    Ids ids;

    @Inject
    MeterRegistry metrics;

    private final String namespace = Namespaces.fresh();
    private final LampTopic topic = new LampTopic(namespace);
    private final KnownLamps known = new KnownLamps(namespace);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json at all",
                "",
                "null",
                "[]",
                "{\"event_id\":\"1\"}",
                "{\"event_id\":7,\"type\":{},\"namespace\":\"n\",\"entity_id\":\"e\",\"data\":{}}",
                "{\"event_id\":\"1\",\"type\":\"LampRecolored\",\"namespace\":\"n\",\"entity_id\":\"e\",\"sequence\":1}"
            })
    void what_is_not_an_event_is_put_aside_and_blocks_nothing(String poison) {
        double before = rejected();
        Topic.publish(Lamps.TOPIC, namespace + "/hall", poison);
        publish("hall", 1, recolored("green"));

        Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("green"));
        ConsumerRecord<String, String> letter = deadLetter();
        assertThat(letter.value()).isEqualTo(poison);
        assertThat(Topic.header(letter, "reason").orElseThrow()).startsWith("not an event");
        assertThat(Topic.header(letter, "tries")).contains("0");
        ConsumerRecord<String, String> origin = topic.records("hall", 2).getFirst();
        assertThat(Topic.header(letter, "origin"))
                .contains(Lamps.TOPIC + "/" + origin.partition() + "/" + origin.offset());
        assertThat(rejected()).isEqualTo(before + 1);
    }

    @Test
    void a_record_without_a_value_is_put_aside() {
        Topic.publish(Lamps.TOPIC, namespace + "/hall", null);
        assertThat(Topic.header(deadLetter(), "reason")).contains("the record is empty");
    }

    @Test
    void an_event_whose_handler_always_fails_is_put_aside_after_some_tries_and_leaves_no_trace() {
        try (LogLines log = new LogLines()) {
            publish("hall", 1, flickered(1_000));
            publish("hall", 2, recolored("green"));

            Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("green"));
            assertThat(known.taken("hall")).isEqualTo(1);
            ConsumerRecord<String, String> letter = deadLetter();
            assertThat(Topic.header(letter, "reason")).contains("java.lang.IllegalStateException: flickers");
            assertThat(Topic.header(letter, "tries")).contains(String.valueOf(Deliveries.TRIES_MAX));
            assertThat(log.with("event failed")).hasSize(1);
            assertThat(log.with("event put aside")).hasSize(1);
        }
    }

    @Test
    void a_handler_that_fails_a_few_times_is_tried_again_and_each_failure_rolled_back() {
        publish("hall", 1, flickered(Deliveries.TRIES_MAX - 1));
        Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("flickering"));
        assertThat(known.taken("hall")).isEqualTo(1);
    }

    @Test
    void data_of_another_form_does_not_heal() {
        publish("hall", 1, "{\"type\":\"LampFlickered\",\"data\":{\"times\":\"often\"}}");
        assertThat(Topic.header(deadLetter(), "reason").orElseThrow()).contains("LampFlickered");
    }

    @Test
    void a_newer_sender_may_say_more_than_we_know() {
        publish("hall", 1, "{\"type\":\"LampRecolored\",\"mood\":\"calm\",\"data\":{\"color\":\"red\",\"tint\":1}}");
        publish("hall", 2, "{\"type\":\"LampMelted\",\"data\":{}}");
        publish("hall", 3, recolored("green"));
        Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("green"));
        assertThat(known.taken("hall")).isEqualTo(2);
    }

    @Test
    void everything_delivered_twice_and_shuffled_changes_nothing() {
        int changes = 30;
        LongStream.rangeClosed(1, changes)
                .forEach(n -> Calls.call(() -> lamps.recolor(namespace, "hall", "color-" + n)));
        Eventually.holds(SOON, () -> assertThat(known.taken("hall")).isEqualTo(changes));

        List<String> again = new ArrayList<>(topic.await("hall", changes));
        again.addAll(List.copyOf(again));
        Collections.shuffle(again, new Random(4));
        again.forEach(event -> Topic.publish(Lamps.TOPIC, namespace + "/hall", event));
        publish("hall", changes + 1, recolored("last"));

        Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("last"));
        assertThat(known.taken("hall")).isEqualTo(changes + 1);
    }

    @Test
    void an_event_that_was_overtaken_does_not_overwrite() {
        publish("hall", 2, recolored("new"));
        publish("hall", 1, recolored("old"));
        Eventually.holds(SOON, () -> assertThat(known.taken("hall")).isEqualTo(2));
        assertThat(known.color("hall")).isEqualTo("new");
    }

    @Test
    void an_event_waits_as_long_as_the_database_is_away_and_is_not_put_aside() {
        Cable cable = LampPlatform.cable();
        double before = rejected();
        try (LogLines log = new LogLines()) {
            cable.slam();
            try {
                publish("hall", 1, recolored("red"));
                publish("hall", 2, recolored("green"));
                Eventually.holds(SOON, () -> assertThat(log.with("event waits")).hasSize(1));
                // The event and the relay try by turns, so that more than half of these are the event's.
                Eventually.holds(SOON, () -> assertThat(cable.slammed()).isGreaterThan(3 * Deliveries.TRIES_MAX));
                assertThat(oldestAge()).isPositive();
                cable.cut();
            } finally {
                cable.mend();
            }

            Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("green"));
            assertThat(known.taken("hall")).isEqualTo(2);
            assertThat(log.with("event waits")).hasSize(1);
            assertThat(log.with("event taken after waiting")).hasSize(1);
            Eventually.holds(SOON, () -> assertThat(oldestAge()).isZero());
            assertThat(rejected()).isEqualTo(before);
        }
    }

    @Test
    void connections_that_break_at_any_moment_cost_no_event_and_make_none_count_twice() {
        int changes = 60;
        double before = rejected();
        Thread sender = Thread.ofVirtual()
                .start(() ->
                        LongStream.rangeClosed(1, changes).forEach(n -> publish("hall", n, recolored("color-" + n))));
        while (sender.isAlive()) {
            Database.column(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'runtime'");
        }

        Eventually.holds(SOON, () -> assertThat(known.color("hall")).isEqualTo("color-" + changes));
        assertThat(known.taken("hall")).isEqualTo(changes);
        assertThat(rejected()).isEqualTo(before);
    }

    @Test
    void the_trace_of_a_request_goes_on_behind_the_topic() {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        RestAssured.given()
                .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                .put("/lamps/{namespace}/hall/red", namespace)
                .then()
                .statusCode(204);

        ConsumerRecord<String, String> record = topic.records("hall", 1).getFirst();
        assertThat(Topic.header(record, "traceparent").orElseThrow()).startsWith("00-" + traceId + "-");
        Eventually.holds(SOON, () -> assertThat(known.traceId("hall")).isEqualTo(traceId));
    }

    private ConsumerRecord<String, String> deadLetter() {
        return Topic.await(DEAD_LETTERS, letter -> (namespace + "/hall").equals(letter.key()), SOON);
    }

    private double rejected() {
        return metrics.counter("deliveries.rejected", "topic", Lamps.TOPIC).count();
    }

    private double oldestAge() {
        return metrics.get("deliveries.oldest.age")
                .tag("topic", Lamps.TOPIC)
                .timeGauge()
                .value();
    }

    /** An event with {@code typeAndData}, past the outbox. */
    private void publish(String id, long sequence, String typeAndData) {
        String envelope = """
                {"event_id":"%s","namespace":"%s","entity_id":"%s","sequence":%d,"occurred_at":"2026-01-01T00:00:00Z",%s
                """.formatted(ids.next(), namespace, id, sequence, typeAndData.substring(1));
        Topic.publish(Lamps.TOPIC, namespace + "/" + id, envelope);
    }

    private static String recolored(String color) {
        return "{\"type\":\"LampRecolored\",\"data\":{\"color\":\"%s\"}}".formatted(color);
    }

    private static String flickered(int times) {
        return "{\"type\":\"LampFlickered\",\"data\":{\"times\":%d}}".formatted(times);
    }
}
