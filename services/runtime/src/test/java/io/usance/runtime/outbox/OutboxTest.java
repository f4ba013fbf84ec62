package io.usance.runtime.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.lamp.Calls;
import io.usance.runtime.lamp.LampPlatform;
import io.usance.runtime.lamp.Lamps;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.Namespaces;
import io.usance.testkit.Topic;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LampPlatform.class)
class OutboxTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Lamps lamps;

    @Inject
    ObjectMapper json;

    private final String namespace = Namespaces.fresh();

    @Test
    void what_is_said_stands_on_the_topic_in_its_envelope() throws Exception {
        Instant before = Instant.now();
        recolor("hall", "red");

        ConsumerRecord<String, String> record = published(1).getFirst();
        JsonNode envelope = json.readTree(record.value());
        assertThat(record.key()).isEqualTo(namespace + "/hall");
        assertThat(envelope.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "event_id", "type", "namespace", "entity_id", "sequence", "occurred_at", "data");
        assertThat(Ids.isUlid(envelope.get("event_id").textValue())).isTrue();
        assertThat(envelope.get("type").textValue()).isEqualTo("LampRecolored");
        assertThat(envelope.get("namespace").textValue()).isEqualTo(namespace);
        assertThat(envelope.get("entity_id").textValue()).isEqualTo("hall");
        assertThat(envelope.get("sequence").longValue()).isEqualTo(1);
        assertThat(Instant.parse(envelope.get("occurred_at").textValue()))
                .isBetween(before.minusSeconds(1), Instant.now());
        assertThat(envelope.get("data")).isEqualTo(json.readTree("{\"color\":\"red\"}"));
    }

    @Test
    void what_is_published_is_deleted() {
        recolor("hall", "red");
        published(1);
        Eventually.holds(SOON, () -> assertThat(waiting()).isZero());
    }

    @Test
    void a_rolled_back_transaction_publishes_nothing() {
        assertThatThrownBy(() -> Calls.call(() -> lamps.recolorInVain(namespace, "hall", "red")))
                .hasMessage("in vain");
        recolor("hall", "green");

        // Same key, so the same partition: what had been said in vain would stand before.
        assertThat(published(1).getFirst().value()).contains("green");
        assertThat(Database.count(
                        "select count(*) from runtime.outbox where payload like ?", "%" + namespace + "%red%"))
                .isZero();
    }

    @Test
    void nothing_is_said_outside_a_transaction() {
        assertThatThrownBy(() -> Calls.call(() -> lamps.recolorUnsafely(namespace, "hall", "red")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
    }

    @Test
    void what_is_too_large_for_the_topic_is_refused_and_the_change_with_it() {
        String color = "x".repeat(Outbox.PAYLOAD_SIZE_MAX);
        assertThatThrownBy(() -> recolor("hall", color)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Database.count("select count(*) from runtime.lamp where namespace = ?", namespace))
                .isZero();
    }

    @Test
    void what_is_as_large_as_allowed_is_published() {
        String color = "x".repeat(Outbox.PAYLOAD_SIZE_MAX - 1_000);
        recolor("hall", color);
        assertThat(published(1).getFirst().value()).contains(color);
    }

    @Test
    void events_of_one_entity_are_published_in_the_order_of_their_commits() {
        int entities = 6;
        int changes = 20;
        List<Thread> writers = IntStream.range(0, entities * changes)
                .mapToObj(n -> Thread.ofVirtual().unstarted(() -> recolor("lamp-" + n % entities, "color-" + n)))
                .toList();
        // A lamp that is put up twice at the same time is another matter.
        IntStream.range(0, entities).forEach(n -> recolor("lamp-" + n, "first"));
        writers.forEach(Thread::start);

        List<ConsumerRecord<String, String>> records = published(entities * (changes + 1));
        for (int entity = 0; entity < entities; entity++) {
            String key = namespace + "/lamp-" + entity;
            assertThat(records.stream()
                            .filter(record -> record.key().equals(key))
                            .map(this::sequence)
                            .toList())
                    .as(key)
                    .isEqualTo(IntStream.rangeClosed(1, changes + 1)
                            .mapToObj(Long::valueOf)
                            .toList());
        }
    }

    private void recolor(String id, String color) {
        Calls.call(() -> lamps.recolor(namespace, id, color));
    }

    private List<ConsumerRecord<String, String>> published(int count) {
        List<ConsumerRecord<String, String>> records = Topic.read(
                Lamps.TOPIC, record -> record.key() != null && record.key().startsWith(namespace + "/"), count, SOON);
        assertThat(records).hasSize(count);
        return records;
    }

    private long waiting() {
        return Database.count("select count(*) from runtime.outbox where namespace = ?", namespace);
    }

    private long sequence(ConsumerRecord<String, String> record) {
        try {
            return json.readTree(record.value()).get("sequence").longValue();
        } catch (java.io.IOException unreadable) {
            throw new AssertionError(record.value(), unreadable);
        }
    }
}
