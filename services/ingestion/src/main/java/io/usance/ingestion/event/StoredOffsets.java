package io.usance.ingestion.event;

import io.quarkus.logging.Log;
import io.smallrye.common.annotation.Identifier;
import io.usance.ingestion.event.StoringTransaction.Offset;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Where reading goes on after a start or when partitions change hands: where Postgres says that storing ended, whatever the
 * broker remembers. While Postgres does not answer, it is waited for.
 */
@ApplicationScoped
class StoredOffsets {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Inject
    OffsetRepository offsets;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    private volatile String logId;

    /** Id of the topic as it is now; another one when the topic was deleted and made anew, with offsets from 0. */
    String logId() {
        return logId;
    }

    /**
     * Sends {@code consumer} to the right place in each partition that it gets; on its own thread, which may wait.
     *
     * @param stopped whether to wait no longer
     */
    ConsumerRebalanceListener listener(Consumer<?, ?> consumer, BooleanSupplier stopped) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                seek(consumer, partitions, stopped);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // What was stored of them is known to Postgres already.
            }
        };
    }

    private void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions, BooleanSupplier stopped) {
        if (partitions.isEmpty()) {
            return;
        }
        String topic = partitions.iterator().next().topic();
        logId = idOf(topic);
        Map<Integer, Offset> next = read(topic, partitions, stopped);
        for (TopicPartition partition : partitions) {
            Offset offset = next.get(partition.partition());
            if (offset == null || offset.next() == 0) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                // With the epoch, the consumer notices when the log was cut off before this place and went on
                // otherwise.
                Optional<Integer> epoch = Optional.of(offset.leaderEpoch()).filter(known -> known != Offset.NO_EPOCH);
                consumer.seek(partition, new OffsetAndMetadata(offset.next(), epoch, ""));
            }
        }
        Log.infof("partitions taken topic=%s log=%s next=%s", topic, logId, next);
    }

    private Map<Integer, Offset> read(String topic, Collection<TopicPartition> partitions, BooleanSupplier stopped) {
        List<Integer> numbers =
                partitions.stream().map(TopicPartition::partition).toList();
        while (true) {
            try {
                return offsets.read(topic, logId, numbers).await().atMost(ANSWER_MAX);
            } catch (RuntimeException unanswered) {
                if (stopped.getAsBoolean()) {
                    throw new WakeupException();
                }
                Log.warnf("stored offsets unknown, asking again in=%s topic=%s cause=%s", PAUSE, topic, unanswered);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private String idOf(String topic) {
        try (Admin admin = Admin.create(broker)) {
            return admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS)
                    .topicId()
                    .toString();
        } catch (ExecutionException | TimeoutException failure) {
            throw new KafkaException("the broker does not say which log " + topic + " is", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", interrupted);
        }
    }
}
