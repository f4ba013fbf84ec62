package io.usance.ingestion.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.usance.contracts.Topics;
import io.usance.contracts.usage.UsageEvents;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.contracts.usage.UsageEventsFormat;
import io.usance.runtime.delivery.DeadLetters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Takes accepted events off their topic and has them stored, on a thread of its own. A consumer of its own instead of a
 * channel: records are taken one by one until there are enough of them, or enough bytes, for a transaction, so that memory
 * is bounded however well the records were compressed; and batches grow by themselves while the database is busy.
 */
@ApplicationScoped
class UsageEventRecords {
    private static final Duration POLL_MAX = Duration.ofMillis(500);
    private static final Duration POLL_WHILE_STORING = Duration.ofMillis(5);

    /**
     * So long the partitions of a replica that died are read by nobody, also when it is back at once: Kafka waits for the dead
     * one.
     */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(3);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    /** How finely freshness is told: around the second that is aimed at, and up to the hours after an outage. */
    private static final Duration[] FRESHNESS = Stream.of(
                    "PT0.05S", "PT0.1S", "PT0.2S", "PT0.3S", "PT0.5S", "PT0.7S", "PT1S", "PT1.5S", "PT2S", "PT5S",
                    "PT15S", "PT1M", "PT5M", "PT30M", "PT3H")
            .map(Duration::parse)
            .toArray(Duration[]::new);

    @Inject
    StoreEvents storeEvents;

    @Inject
    StoredOffsets offsets;

    @Inject
    DeadLetters deadLetters;

    @Inject
    EventConfig config;

    @Inject
    ObjectMapper json;

    @Inject
    BatchTrace trace;

    @Inject
    Clock clock;

    @Inject
    MeterRegistry metrics;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    @ConfigProperty(name = "quarkus.application.name")
    String service;

    private final AtomicLong lag = new AtomicLong();

    /** When the oldest of the requests came that were stored last or are being stored; null when no more have come. */
    private volatile Instant oldest;

    private volatile Set<Integer> assigned = Set.of();
    private volatile boolean stopped;
    private volatile Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;

    void onStart(@Observes StartupEvent event) {
        Gauge.builder("ingestion.events.lag", lag, AtomicLong::get)
                .description("Accepted requests that wait in the topic to be read")
                .register(metrics);
        TimeGauge.builder("ingestion.events.oldest.age", () -> behind().toMillis(), TimeUnit.MILLISECONDS)
                .description("How long ago the oldest request came whose events are being stored; 0 when there is none")
                .register(metrics);
        Timer.builder("ingestion.events.freshness")
                .description("From the 202 of the oldest request in a batch until its events are in every answer")
                .serviceLevelObjectives(FRESHNESS)
                .register(metrics);
        metrics.counter("ingestion.readings.failed");
        metrics.counter("deliveries.rejected", "topic", Topics.EVENTS);
        start();
    }

    void onStop(@Observes ShutdownEvent event) {
        stop();
    }

    /** The partitions that this replica stores the events of. */
    Set<Integer> assigned() {
        return assigned;
    }

    /** Starts reading where storing ended. */
    void start() {
        stopped = false;
        storeEvents.start();
        thread = Thread.ofPlatform().name("usage-events").start(this::run);
    }

    /** Stops within a few seconds; a transaction that goes on is finished or given up, and in both cases nothing is lost. */
    void stop() {
        stopped = true;
        storeEvents.stop();
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(STOP_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            try (KafkaConsumer<String, byte[]> fresh =
                            new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer());
                    KafkaClientMetrics measured = new KafkaClientMetrics(fresh)) {
                measured.bindTo(metrics);
                consumer = fresh;
                consume(fresh);
            } catch (WakeupException stop) {
                Log.debug("reading events stopped");
            } catch (RuntimeException | Error failure) {
                // Whatever it was, and be it memory that a question took: nobody else would ever read on.
                if (!stopped) {
                    metrics.counter("ingestion.readings.failed").increment();
                    Log.errorf(failure, "reading events failed, starting again in=%s", RESTART_PAUSE);
                    LockSupport.parkNanos(RESTART_PAUSE.toNanos());
                }
            } finally {
                consumer = null;
            }
        }
    }

    private void consume(KafkaConsumer<String, byte[]> from) {
        from.subscribe(List.of(Topics.EVENTS), offsets.listener(from, () -> stopped));
        try (ExecutorService storing = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("usage-events-storing").factory())) {
            Future<?> stored = CompletableFuture.completedFuture(null);
            while (!stopped) {
                List<LogRecord> batch = gather(from, stored);
                assigned = partitions(from);
                lag.set(from.assignment().stream()
                        .mapToLong(partition -> from.currentLag(partition).orElse(0))
                        .sum());
                // One at a time: while the database works on it, the next one is read.
                done(stored);
                if (batch.isEmpty()) {
                    oldest = null;
                } else {
                    stored = storing.submit(() -> traced(batch));
                }
            }
            done(stored);
        } finally {
            assigned = Set.of();
        }
    }

    private static Set<Integer> partitions(KafkaConsumer<String, byte[]> from) {
        return from.assignment().stream().map(TopicPartition::partition).collect(Collectors.toUnmodifiableSet());
    }

    private static void done(Future<?> stored) {
        try {
            stored.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("storing events failed", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What has come: as much as fits into one transaction, or until there is nothing more and the last one is stored. */
    private List<LogRecord> gather(KafkaConsumer<String, byte[]> from, Future<?> stored) {
        List<LogRecord> batch = new ArrayList<>();
        int events = 0;
        long bytes = 0;
        Duration wait = POLL_MAX;
        while (events < config.storeSizeMax() && bytes < config.storeBytesMax()) {
            boolean came = false;
            for (ConsumerRecord<String, byte[]> record : from.poll(wait)) {
                LogRecord read = new LogRecord(record, content(record));
                batch.add(read);
                events += Math.max(1, read.size());
                bytes += Math.max(0, record.serializedValueSize());
                came = true;
            }
            if (!came && stored.isDone()) {
                break;
            }
            wait = came ? Duration.ZERO : POLL_WHILE_STORING;
        }
        return batch;
    }

    private void traced(List<LogRecord> batch) {
        Span span = trace.start(batch);
        try (Scope current = span.makeCurrent()) {
            store(batch);
        } finally {
            span.end();
        }
    }

    private void store(List<LogRecord> batch) {
        oldest = batch.stream()
                .map(LogRecord::content)
                .filter(Objects::nonNull)
                .map(UsageEvents::receivedAt)
                .min(Instant::compareTo)
                .orElse(null);
        for (LogRecord record : batch) {
            if (record.content() == null) {
                deadLetters
                        .putAside(record.letter(), "holds no accepted events", 0)
                        .await()
                        .indefinitely();
            }
        }
        storeEvents.store(batch, offsets.logId());
        if (oldest != null) {
            metrics.timer("ingestion.events.freshness").record(Duration.between(oldest, clock.instant()));
        }
    }

    private UsageEvents content(ConsumerRecord<String, byte[]> record) {
        try {
            UsageEvents content = record.value() == null ? null : read(record.value());
            return isWhole(content) ? content : null;
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    private UsageEvents read(byte[] record) throws IOException {
        return UsageEventsFormat.isOf(record)
                ? UsageEventsFormat.read(record)
                : json.readValue(record, UsageEvents.class);
    }

    private static boolean isWhole(UsageEvents content) {
        return content != null
                && content.namespace() != null
                && content.receivedAt() != null
                && EventTimes.EVER.contains(content.receivedAt())
                && content.events() != null
                && content.events().stream().allMatch(UsageEventRecords::isWhole);
    }

    private static boolean isWhole(UsageEvent event) {
        return event != null
                && event.source() != null
                && event.id() != null
                && event.type() != null
                && event.subject() != null
                && event.occurredAt() != null
                && EventTimes.EVER.contains(event.occurredAt())
                && event.body() != null;
    }

    /** How long ago the oldest request came that is not known to be stored; 0 when all that came is. */
    Duration behind() {
        Instant since = oldest;
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, service);
        // Where reading goes on is kept in Postgres, in the transaction that stores the events, and nowhere else.
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(SILENCE_MAX.toMillis()));
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.toIntExact(HEARTBEAT_INTERVAL.toMillis()));
        // One at a time: a record is only unpacked when it is wanted, and counts against the bytes of a batch.
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
        // The database may be away for long; that is no reason to hand the partitions to another who has no database
        // either.
        settings.put(
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                Math.toIntExact(Duration.ofHours(1).toMillis()));
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return settings;
    }
}
