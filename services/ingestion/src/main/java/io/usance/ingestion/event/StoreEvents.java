package io.usance.ingestion.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.ingestion.event.EventRepository.Conflicts;
import io.usance.runtime.delivery.DeadLetters;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stores accepted events: each exactly once, however often its record is read and its request was sent. One transaction holds
 * the events and the place in the log up to which they reach, so that no crash can come between the two.
 */
@ApplicationScoped
class StoreEvents {
    /** SQLSTATE classes that blame what was written and not the database's state: data, integrity, program limits. */
    private static final Set<String> CLASSES_OF_DATA = Set.of("22", "23", "54");

    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(3);

    @Inject
    Pool pool;

    @Inject
    EventRepository events;

    @Inject
    OffsetRepository offsets;

    @Inject
    PositionRepository positions;

    @Inject
    EventConfig config;

    @Inject
    DeadLetters deadLetters;

    @Inject
    Clock clock;

    private final Counter stored;
    private final Counter duplicates;
    private final Counter conflicting;
    private volatile boolean waiting;
    private volatile boolean stopped;

    StoreEvents(MeterRegistry metrics) {
        stored = metrics.counter("ingestion.events.stored");
        duplicates = metrics.counter("ingestion.events.duplicates");
        conflicting = metrics.counter("ingestion.events.conflicting");
    }

    /** Waits for the database from now on, as long as it takes. */
    void start() {
        stopped = false;
    }

    /** Waits for the database no longer: what cannot be stored now fails. */
    void stop() {
        stopped = true;
    }

    /** What makes an event the same event, in the order of the unique key. */
    private record Identity(String namespace, String source, String id) implements Comparable<Identity> {
        private static final Comparator<Identity> ORDER = Comparator.comparing(Identity::namespace)
                .thenComparing(Identity::source)
                .thenComparing(Identity::id);

        @Override
        public int compareTo(Identity other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Stores what {@code records} hold, in one transaction. Waits for the database as long as it takes; a record that the
     * database refuses for what it says is put aside.
     *
     * @param records 1 or more of one topic, in the order of their partitions' logs
     * @param logId which log of that name, see {@link StoredOffsets#logId}
     */
    Uni<Void> store(List<LogRecord> records, String logId) {
        return Uni.createFrom()
                .deferred(() -> pool.withTransaction(connection -> write(connection, records, logId)))
                .onFailure(failure -> !blamesData(failure) && waits(failure))
                .retry()
                .withBackOff(PAUSE_MIN, PAUSE_MAX)
                .indefinitely()
                .invoke(this::resumed)
                .onFailure(StoreEvents::blamesData)
                .recoverWithUni(failure -> isolate(records, logId, failure));
    }

    private Uni<Void> write(SqlConnection connection, List<LogRecord> records, String logId) {
        String topic = records.getFirst().origin().topic();
        Map<Integer, Long> ends = new TreeMap<>();
        records.forEach(record ->
                ends.merge(record.origin().partition(), record.origin().offset() + 1, Math::max));
        return positions
                .lock(connection, ends.keySet())
                .chain(() -> offsets.lock(connection, topic, logId, ends.keySet()))
                .invoke(next -> next.forEach((partition, offset) -> ends.merge(partition, offset, Math::max)))
                .chain(next -> add(
                        connection,
                        records.stream()
                                .filter(record ->
                                        record.origin().offset() >= OffsetRepository.next(next, record.partition()))
                                .toList()))
                .chain(counts -> offsets.move(connection, topic, logId, ends).replaceWith(counts))
                .invoke(counts -> count(counts))
                .replaceWithVoid();
    }

    /**
     * @param read how many events were in records that had not been read before
     * @param conflicts those of them whose identity was known with other content
     */
    private record Counts(int read, int stored, Conflicts conflicts) {}

    private Uni<Counts> add(SqlConnection connection, List<LogRecord> records) {
        List<EventRepository.Added> read = new ArrayList<>();
        Map<Identity, EventRepository.Added> added = new TreeMap<>();
        for (LogRecord record : records) {
            if (record.content() == null) {
                continue;
            }
            String namespace = record.content().namespace();
            for (UsageEvent event : record.content().events()) {
                EventRepository.Added one = new EventRepository.Added(
                        namespace,
                        record.content().receivedAt(),
                        event,
                        record.partition().partition());
                read.add(one);
                added.putIfAbsent(new Identity(namespace, event.source(), event.id()), one);
            }
        }
        Instant storedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return events.add(connection, List.copyOf(added.values()), storedAt, storedAt.minus(config.lateAfter()))
                .call(stored -> positions.stored(connection, stored))
                .map(stored ->
                        stored.stream().mapToInt(EventRepository.Stored::count).sum())
                .chain(stored -> (stored == read.size()
                                ? Uni.createFrom().item(Conflicts.NONE)
                                : events.conflicts(connection, read))
                        .map(conflicts -> new Counts(read.size(), stored, conflicts)));
    }

    private void count(Counts counts) {
        stored.increment(counts.stored());
        duplicates.increment((double) counts.read() - counts.stored());
        conflicting.increment(counts.conflicts().count());
        counts.conflicts()
                .example()
                .ifPresent(example -> Log.warnf(
                        "events came again with other content, the first ones count events=%d namespace=%s source=%s id=%s",
                        counts.conflicts().count(), example.namespace(), example.source(), example.id()));
    }

    /** Finds the record that the database refuses, by halves, and puts it aside. */
    private Uni<Void> isolate(List<LogRecord> records, String logId, Throwable failure) {
        if (records.size() > 1) {
            int half = records.size() / 2;
            return store(records.subList(0, half), logId)
                    .chain(() -> store(records.subList(half, records.size()), logId));
        }
        LogRecord refused = records.getFirst();
        return deadLetters
                .putAside(refused.letter(), "the database refuses it: " + failure.getMessage(), 1)
                .chain(() -> store(List.of(refused.withoutContent()), logId));
    }

    private static boolean blamesData(Throwable failure) {
        return failure instanceof PgException refusal
                && refusal.getSqlState() != null
                && CLASSES_OF_DATA.contains(refusal.getSqlState().substring(0, 2));
    }

    private boolean waits(Throwable failure) {
        if (!waiting && !stopped) {
            waiting = true;
            Log.warnf("storing events waits cause=%s", failure);
        }
        return !stopped;
    }

    private void resumed() {
        if (waiting) {
            waiting = false;
            Log.info("storing events resumed");
        }
    }
}
