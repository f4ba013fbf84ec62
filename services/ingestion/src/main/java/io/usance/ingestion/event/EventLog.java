package io.usance.ingestion.event;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.context.Context;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.Topics;
import io.usance.contracts.usage.UsageEvents;
import io.usance.contracts.usage.UsageEventsFormat;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * The topic of accepted events. A producer of its own instead of an emitter, which waits for one record before it takes the
 * next; and one that never blocks: what cannot be buffered at once is refused at once.
 */
@ApplicationScoped
class EventLog {
    /** Most bytes of one record before compression. A request's body at most doubles when it is put into one. */
    private static final int RECORD_BYTES_MAX = 16 * 1024 * 1024;

    private static final Duration WARM_UP_INTERVAL = Duration.ofMillis(200);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    @Inject
    EventConfig config;

    @Inject
    Vertx vertx;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    private final AtomicBoolean warmingUp = new AtomicBoolean();
    private KafkaProducer<String, byte[]> producer;
    private volatile boolean stopped;

    void start(@Observes StartupEvent event) {
        producer = new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer());
        warmUp();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        producer.close(CLOSE_MAX);
    }

    /**
     * Appends one request's events as one record: all of them or none.
     *
     * @return completes when the broker has it on every replica that is in sync; fails within a bounded time, and at once
     *     while the broker is known to be away
     */
    @CircuitBreaker(
            requestVolumeThreshold = 4,
            failureRatio = 0.75,
            delay = 1_000,
            skipOn = RecordTooLargeException.class)
    @CircuitBreakerName("event-log")
    Uni<Void> append(UsageEvents events) {
        String key = events.namespace() + "/" + events.events().getFirst().subject();
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.EVENTS, key, UsageEventsFormat.write(events));
        GlobalOpenTelemetry.getPropagators()
                .getTextMapPropagator()
                .inject(
                        Context.current(),
                        record,
                        (carrier, name, value) -> carrier.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return Uni.createFrom()
                .emitter(emitter -> producer.send(record, (metadata, failure) -> {
                    if (failure == null) {
                        emitter.complete(null);
                    } else {
                        emitter.fail(failure);
                    }
                }));
    }

    /**
     * Learns where the topic's partitions are before a request needs to know; asks until the broker answers. The producer
     * forgets it when no broker can be reached.
     */
    private void warmUp() {
        if (warmingUp.compareAndSet(false, true)) {
            askForPartitions();
        }
    }

    private void askForPartitions() {
        try {
            producer.partitionsFor(Topics.EVENTS);
            warmingUp.set(false);
            Log.infof("event log reached topic=%s", Topics.EVENTS);
        } catch (KafkaException notYet) {
            if (!stopped) {
                vertx.setTimer(WARM_UP_INTERVAL.toMillis(), timer -> askForPartitions());
            }
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RECORD_BYTES_MAX);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, config.bufferBytesMax());
        // The event loop calls: neither missing metadata nor a full buffer may hold it up.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        // Never forget where the topic is, however long nobody sends; learning it again would refuse a request.
        settings.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(365).toMillis());
        int timeout = Math.toIntExact(config.acknowledgeTimeout().toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 2_000);
        return settings;
    }
}
