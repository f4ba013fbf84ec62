package io.usance.runtime.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.logging.Log;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.runtime.lamp.Calls;
import io.usance.runtime.lamp.LampPlatform;
import io.usance.runtime.lamp.Lamps;
import io.usance.testkit.Namespaces;
import io.usance.testkit.Platform;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LampPlatform.class)
class RelayLatencyTest {
    private static final int ROUNDS = 60;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** Far above what it takes on an idle machine, far below what it takes when nobody wakes the relay. */
    private static final Duration MEDIAN_MAX = Duration.ofMillis(250);

    @Inject
    Lamps lamps;

    private final String namespace = Namespaces.fresh();

    @Test
    void what_is_committed_is_on_the_topic_within_milliseconds() {
        try (KafkaConsumer<String, String> consumer = atTheEnd()) {
            List<Duration> latencies = IntStream.range(0, ROUNDS)
                    .mapToObj(round -> latency(consumer, "red-" + round))
                    .sorted()
                    .toList();
            Log.infof(
                    "from commit to consumer rounds=%d median=%s p95=%s",
                    ROUNDS, latencies.get(ROUNDS / 2), latencies.get(ROUNDS * 95 / 100));
            assertThat(latencies.get(ROUNDS / 2)).isLessThan(MEDIAN_MAX);
        }
    }

    private Duration latency(KafkaConsumer<String, String> consumer, String color) {
        Calls.call(() -> lamps.recolor(namespace, "hall", color));
        long committed = System.nanoTime();
        while (System.nanoTime() - committed < DEADLINE.toNanos()) {
            for (var record : consumer.poll(DEADLINE)) {
                if (record.value() != null && record.value().contains("\"" + color + "\"")) {
                    return Duration.ofNanos(System.nanoTime() - committed);
                }
            }
        }
        throw new AssertionError(color + " did not come within " + DEADLINE);
    }

    private static KafkaConsumer<String, String> atTheEnd() {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        Platform.get().kafka().bootstrap(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Lamps.TOPIC).stream()
                .map(info -> new TopicPartition(Lamps.TOPIC, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }
}
