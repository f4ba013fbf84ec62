package io.usance.runtime.delivery;

import io.quarkus.logging.Log;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The records that were put aside, by whichever service: what waits on the dead-letter topics, and how it gets back to where
 * it came from when the cause is mended. Whoever consumes a topic takes a record that comes again for what it is, so sending
 * one twice does no harm.
 */
@ApplicationScoped
class RejectedRecords {
    /** Most records that one list shows. */
    static final int LIST_SIZE_MAX = 1_000;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    @Inject
    DeadLetters deadLetters;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    /**
     * A record that waits on a dead-letter topic.
     *
     * @param id names it as long as it waits there: topic, partition and offset
     * @param origin where it came from: topic, partition and offset
     * @param rejectedAt when it was put aside, or moved because one beside it was sent again
     * @param service who could not process it; null for what an older release has put aside
     * @param key may be null
     * @param tries how often it was tried; 0 for what could not be read
     * @param bytes size of the record's value
     */
    record Rejected(
            String id,
            String origin,
            Instant rejectedAt,
            String service,
            String key,
            String reason,
            String tries,
            int bytes) {
        private static Rejected of(ConsumerRecord<String, byte[]> record) {
            return new Rejected(
                    RejectedRecords.id(record),
                    header(record, DeadLetters.ORIGIN),
                    Instant.ofEpochMilli(record.timestamp()),
                    header(record, DeadLetters.SERVICE),
                    record.key(),
                    header(record, DeadLetters.REASON),
                    header(record, DeadLetters.TRIES),
                    record.value() == null ? 0 : record.value().length);
        }
    }

    /** What waits, the oldest first, at most {@value #LIST_SIZE_MAX}. Waits for the broker. */
    List<Rejected> list() {
        List<Rejected> found = new ArrayList<>();
        read(record -> {
            if (found.size() < LIST_SIZE_MAX) {
                found.add(Rejected.of(record));
            }
        });
        found.sort(Comparator.comparing(Rejected::rejectedAt).thenComparing(Rejected::id));
        return found;
    }

    /**
     * Sends records back to the topics they came from, and takes them off the dead-letter topics. Those beside them stay,
     * under another id. Waits for the broker; should it go away in between, some are sent again and still wait.
     *
     * @param wanted says by its id whether a record is to be sent
     * @return how many were sent
     */
    int send(Predicate<String> wanted) {
        Map<TopicPartition, Long> touched = new HashMap<>();
        int[] sent = {0};
        Map<TopicPartition, Long> ends = read(record -> {
            if (wanted.test(id(record))) {
                deadLetters.sendBack(origin(record), record).await().atMost(ANSWER_MAX);
                touched.put(new TopicPartition(record.topic(), record.partition()), 0L);
                sent[0]++;
            }
        });
        // Kafka only deletes from the front: what is to stay is appended again before that.
        read(record -> {
            TopicPartition from = new TopicPartition(record.topic(), record.partition());
            if (touched.containsKey(from) && record.offset() < ends.get(from) && !wanted.test(id(record))) {
                deadLetters.keep(record).await().atMost(ANSWER_MAX);
            }
        });
        touched.replaceAll((partition, nothing) -> ends.get(partition));
        delete(touched);
        if (sent[0] > 0) {
            Log.infof("rejected records sent again records=%d", sent[0]);
        }
        return sent[0];
    }

    static String id(ConsumerRecord<?, ?> record) {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    private static String origin(ConsumerRecord<String, byte[]> record) {
        return record.topic().substring(0, record.topic().length() - DeadLetters.SUFFIX.length());
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /**
     * Shows {@code each} every record that waits now, one after the other and none twice.
     *
     * @return how far was read
     */
    private Map<TopicPartition, Long> read(Consumer<ConsumerRecord<String, byte[]>> each) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics(ANSWER_MAX).entrySet().stream()
                    .filter(topic -> topic.getKey().endsWith(DeadLetters.SUFFIX))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_MAX);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition, ANSWER_MAX) < ends.get(partition))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                        each.accept(record);
                    }
                }
            }
            return ends;
        }
    }

    private void delete(Map<TopicPartition, Long> upTo) {
        Map<TopicPartition, RecordsToDelete> front = new HashMap<>();
        upTo.forEach((partition, offset) -> front.put(partition, RecordsToDelete.beforeOffset(offset)));
        try (Admin admin = Admin.create(broker)) {
            admin.deleteRecords(front).all().get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new KafkaException("records that were sent again still wait", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", interrupted);
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A record may be large, and one that is shown is let go before the next one comes.
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        return settings;
    }
}
