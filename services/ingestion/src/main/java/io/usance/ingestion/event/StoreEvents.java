package io.usance.ingestion.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.ingestion.event.EventBacklog.Entry;
import io.usance.ingestion.event.StoringTransaction.Added;
import io.usance.ingestion.event.StoringTransaction.Offset;
import io.usance.ingestion.event.StoringTransaction.Stored;
import io.usance.runtime.delivery.DeadLetters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import javax.sql.DataSource;

/**
 * Stores accepted events: each exactly once, however often its record is read and its request was sent. One transaction holds
 * the events and the place in the log up to which they reach, so that no crash can come between the two. Blocks its thread.
 */
@ApplicationScoped
class StoreEvents {
    /** SQLSTATE classes that blame what was written and not the database's state: data, integrity, program limits. */
    private static final Set<String> CLASSES_OF_DATA = Set.of("22", "23", "54");

    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(3);

    @Inject
    DataSource database;

    @Inject
    EventMonths months;

    @Inject
    EventSink sink;

    @Inject
    EventConfig config;

    @Inject
    DeadLetters deadLetters;

    @Inject
    Clock clock;

    private final Counter stored;
    private final Counter duplicates;
    private final Counter conflicting;

    /** Where reading goes on after what this has stored, by log and partition: the database may not fall behind it. */
    private final Map<String, Long> reached = new HashMap<>();

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
        reached.clear();
    }

    /** Waits for the database no longer: what cannot be stored now fails. */
    void stop() {
        stopped = true;
    }

    /**
     * Stores what {@code records} hold, in one transaction. Waits for the database as long as it takes; a record that the
     * database refuses for what it says is put aside.
     *
     * @param records 1 or more of one topic, in the order of their partitions' logs
     * @param logId which log of that name, see {@link StoredOffsets#logId}
     * @throws IllegalStateException if the database has less than it had: then records are to be read again from where it says
     */
    void store(List<LogRecord> records, String logId) {
        Duration pause = PAUSE_MIN;
        while (true) {
            try {
                write(records, logId, true);
                resumed();
                return;
            } catch (SQLException failure) {
                if (blamesData(failure)) {
                    isolate(records, logId, failure);
                    return;
                }
                waitFor(failure, pause);
                pause = longer(pause);
            }
        }
    }

    private static Duration longer(Duration pause) {
        return pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }

    /** Everything that one transaction came to. */
    private record Outcome(int read, Map<Integer, Long> before, List<Stored> stored, List<Added> conflicting) {}

    /** @param keep false to see whether the database takes it, and to undo it */
    private void write(List<LogRecord> records, String logId, boolean keep) throws SQLException {
        String topic = records.getFirst().origin().topic();
        Map<Integer, Offset> ends = new TreeMap<>();
        records.forEach(record -> ends.merge(record.origin().partition(), record.end(), Offset::later));
        months.make(times(records));
        Outcome outcome;
        try (StoringTransaction transaction = new StoringTransaction(database.getConnection())) {
            Map<Integer, Long> before = transaction.lockPositions(ends.keySet());
            Map<Integer, Offset> offsets = transaction.lockOffsets(topic, logId, ends.keySet());
            demandWhatWas(logId, offsets);
            List<LogRecord> unread = records.stream()
                    .filter(record -> record.isAfter(offsets.get(record.origin().partition())))
                    .toList();
            outcome = add(transaction, before, unread);
            ends.keySet()
                    .retainAll(unread.stream()
                            .map(record -> record.origin().partition())
                            .toList());
            transaction.moveOffsets(topic, logId, ends);
            if (!keep) {
                return;
            }
            transaction.commit();
        }
        ends.forEach((partition, end) -> reached.put(logId + "/" + partition, end.next()));
        count(outcome);
        tell(outcome);
    }

    private static List<Instant> times(List<LogRecord> records) {
        return records.stream()
                .filter(record -> record.content() != null)
                .flatMap(record -> record.content().events().stream())
                .map(UsageEvent::occurredAt)
                .toList();
    }

    /** After a failover that lost transactions, what they held must be read from the log again. */
    private void demandWhatWas(String logId, Map<Integer, Offset> offsets) {
        offsets.forEach((partition, offset) -> {
            Long mine = reached.get(logId + "/" + partition);
            if (mine != null && offset.next() < mine) {
                reached.remove(logId + "/" + partition);
                throw new IllegalStateException("the database has gone back from offset %d of partition %d to %d"
                        .formatted(mine, partition, offset.next()));
            }
        });
    }

    private Outcome add(StoringTransaction transaction, Map<Integer, Long> before, List<LogRecord> records)
            throws SQLException {
        List<Added> read = new ArrayList<>();
        Map<EventIdentity, Added> firsts = new LinkedHashMap<>();
        for (LogRecord record : records) {
            if (record.content() == null) {
                continue;
            }
            for (UsageEvent event : record.content().events()) {
                Added added = new Added(
                        EventIdentity.of(record.content().namespace(), event),
                        checksum(event.body()),
                        record.content().receivedAt(),
                        event,
                        record.origin().partition());
                read.add(added);
                firsts.putIfAbsent(added.identity(), added);
            }
        }
        if (read.isEmpty()) {
            return new Outcome(0, before, List.of(), List.of());
        }
        Set<EventIdentity> fresh = transaction.addIdentities(firsts.values().stream()
                .sorted(Comparator.comparing(Added::identity))
                .toList());
        Instant storedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // In the order in which they came, so that what happened together is kept together.
        List<Stored> stored = transaction.addEvents(
                firsts.values().stream()
                        .filter(added -> fresh.contains(added.identity()))
                        .toList(),
                storedAt,
                storedAt.minus(config.lateAfter()));
        return new Outcome(
                read.size(),
                before,
                stored,
                stored.size() == read.size() ? List.of() : conflicting(transaction, read, firsts, fresh));
    }

    /** Those of {@code read} that say something else than what is stored under their identities. */
    private static List<Added> conflicting(
            StoringTransaction transaction,
            List<Added> read,
            Map<EventIdentity, Added> firsts,
            Set<EventIdentity> fresh)
            throws SQLException {
        Map<EventIdentity, Integer> kept = transaction.contents(firsts.keySet().stream()
                .filter(identity -> !fresh.contains(identity))
                .toList());
        return read.stream()
                .filter(added -> {
                    int first = firsts.get(added.identity()).content();
                    return added.content() != kept.getOrDefault(added.identity(), first);
                })
                .toList();
    }

    private static int checksum(String body) {
        CRC32C checksum = new CRC32C();
        checksum.update(body.getBytes(StandardCharsets.UTF_8));
        return (int) checksum.getValue();
    }

    private void count(Outcome outcome) {
        stored.increment(outcome.stored().size());
        duplicates.increment((double) outcome.read() - outcome.stored().size());
        conflicting.increment(outcome.conflicting().size());
        if (!outcome.conflicting().isEmpty()) {
            Added example = outcome.conflicting().getFirst();
            Log.warnf(
                    "events came again with other content, what was stored first counts events=%d namespace=%s source=%s id=%s",
                    outcome.conflicting().size(),
                    example.identity().namespace(),
                    example.event().source(),
                    example.event().id());
        }
    }

    private void tell(Outcome outcome) {
        Map<Integer, List<Entry>> byPartition = new TreeMap<>();
        for (Stored one : outcome.stored()) {
            byPartition
                    .computeIfAbsent(one.added().partition(), fresh -> new ArrayList<>())
                    .add(new Entry(
                            one.added().identity().namespace(), one.added().event(), one.seq()));
        }
        byPartition.forEach(
                (partition, entries) -> sink.stored(partition, outcome.before().get(partition), entries));
    }

    /** Finds the event that the database refuses, by halves, and puts it aside. */
    private void isolate(List<LogRecord> records, String logId, SQLException failure) {
        if (records.size() > 1) {
            int half = records.size() / 2;
            store(records.subList(0, half), logId);
            store(records.subList(half, records.size()), logId);
            return;
        }
        LogRecord record = records.getFirst();
        UsageEvent refused = refused(record, logId);
        if (refused == null) {
            // The database has changed its mind meanwhile.
            store(records, logId);
            return;
        }
        deadLetters
                .putAside(record.letter(refused), "the database refuses it: " + failure.getMessage(), 1)
                .await()
                .indefinitely();
        store(List.of(record.without(refused)), logId);
    }

    /** The first event of {@code record} that the database refuses; null if there is none. Stores nothing. */
    private UsageEvent refused(LogRecord record, String logId) {
        List<UsageEvent> suspects = record.content().events();
        if (!isRefused(record, suspects, logId)) {
            return null;
        }
        while (suspects.size() > 1) {
            List<UsageEvent> half = suspects.subList(0, suspects.size() / 2);
            suspects = isRefused(record, half, logId) ? half : suspects.subList(half.size(), suspects.size());
        }
        return suspects.getFirst();
    }

    private boolean isRefused(LogRecord record, List<UsageEvent> events, String logId) {
        Duration pause = PAUSE_MIN;
        while (true) {
            try {
                write(List.of(record.with(events)), logId, false);
                return false;
            } catch (SQLException failure) {
                if (blamesData(failure)) {
                    return true;
                }
                waitFor(failure, pause);
                pause = longer(pause);
            }
        }
    }

    private static boolean blamesData(SQLException failure) {
        return failure.getSQLState() != null
                && failure.getSQLState().length() == 5
                && CLASSES_OF_DATA.contains(failure.getSQLState().substring(0, 2));
    }

    private void waitFor(SQLException failure, Duration pause) {
        if (stopped) {
            throw new IllegalStateException("stopped while the database was away", failure);
        }
        if (!waiting) {
            waiting = true;
            Log.warnf("storing events waits cause=%s", failure);
        }
        LockSupport.parkNanos(pause.toNanos());
    }

    private void resumed() {
        if (waiting) {
            waiting = false;
            Log.info("storing events resumed");
        }
    }
}
