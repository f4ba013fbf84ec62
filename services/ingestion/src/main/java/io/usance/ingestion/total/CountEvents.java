package io.usance.ingestion.total;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usance.ingestion.event.EventBacklog;
import io.usance.ingestion.event.EventBacklog.Entry;
import io.usance.ingestion.event.EventBacklog.Place;
import io.usance.ingestion.event.EventBacklog.Portion;
import io.usance.ingestion.total.Sums.TypeOfTenant;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts stored events into the totals, a portion of a partition at a time. One transaction writes the totals and how far
 * they reach, so that at any moment an event is in the totals or among those to be counted, and never in both.
 */
@ApplicationScoped
class CountEvents {
    @Inject
    Pool pool;

    @Inject
    EventBacklog backlog;

    @Inject
    CountingRepository countings;

    @Inject
    TotalRepository totals;

    @Inject
    TotalConfig config;

    @Inject
    MeterRegistry metrics;

    /** All partitions. */
    Uni<List<Place>> places() {
        return backlog.places(pool);
    }

    /**
     * Counts the next events of a partition by reading them.
     *
     * @param until no event with a greater number
     * @return how many; 0 also while somebody else counts there
     */
    Uni<Integer> next(int partition, long until) {
        return pool.withTransaction(connection -> areMine(connection, List.of(partition))
                .chain(mine -> mine
                        ? countings
                                .share(connection)
                                .chain(() -> place(connection, partition))
                                .chain(place -> next(connection, place, until))
                        : Uni.createFrom().item(0)));
    }

    private Uni<Place> place(SqlConnection connection, int partition) {
        return backlog.places(connection)
                .map(places -> places.stream()
                        .filter(place -> place.partition() == partition)
                        .findFirst()
                        .orElseThrow());
    }

    private Uni<Integer> next(SqlConnection connection, Place place, long until) {
        Sums sums = new Sums();
        return read(connection, place, place.countedSeq(), until, sums, 0)
                .chain(read -> read.events() == 0
                        ? Uni.createFrom().item(0)
                        : write(connection, sums.counters())
                                .chain(() -> backlog.counted(connection, place.partition(), read.lastSeq()))
                                .invoke(() -> counted(read.events()))
                                .replaceWith(read.events()));
    }

    private record Read(int events, long lastSeq) {}

    /** Reads portions until there is enough to write: the more events, the fewer writes each of them costs. */
    private Uni<Read> read(SqlConnection connection, Place place, long after, long until, Sums sums, int before) {
        return backlog.next(connection, place.partition(), after, until, portion())
                .chain(entries -> entries.isEmpty()
                        ? Uni.createFrom().item(new Read(before, after))
                        : know(connection, sums, entries).chain(() -> {
                            sums.add(entries);
                            int events = before + entries.size();
                            long last = entries.getLast().seq();
                            return events >= config.writeSizeMin() || sums.size() >= config.aheadSizeMax() / 2
                                    ? Uni.createFrom().item(new Read(events, last))
                                    : read(connection, place, last, until, sums, events);
                        }));
    }

    private Uni<Void> know(SqlConnection connection, Sums sums, List<Entry> entries) {
        Set<TypeOfTenant> unknown = sums.unknown(entries);
        return (unknown.isEmpty() ? Uni.createFrom().item(List.<Counting>of()) : countings.ofTypes(connection, unknown))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(found -> sums.know(unknown, found))
                .replaceWithVoid();
    }

    private Uni<Boolean> areMine(SqlConnection connection, Collection<Integer> partitions) {
        return Multi.createFrom()
                .iterable(partitions)
                .onItem()
                .transformToUniAndConcatenate(partition -> countings.isMine(connection, "count:" + partition))
                .collect()
                .asList()
                .map(mine -> !mine.contains(false));
    }

    private Portion portion() {
        return new Portion(config.portionSizeMax(), config.portionBytesMax());
    }

    private void counted(int events) {
        metrics.counter("ingestion.events.counted").increment(events);
    }

    private Uni<Void> write(SqlConnection connection, List<EventCounter> counters) {
        return Multi.createFrom()
                .iterable(counters)
                .onItem()
                .transformToUniAndConcatenate(counter -> totals.add(connection, counter.counting(), counter.totals()))
                .onItem()
                .ignoreAsUni();
    }

    /** Counts the next part of the history of a counting that lacks it; returns whether there was one. */
    Uni<Boolean> nextOfHistory() {
        return pool.withTransaction(connection -> countings
                .isMine(connection, "history")
                .chain(mine -> mine
                        ? countings.share(connection).chain(() -> countings.filling(connection))
                        : Uni.createFrom().item(Optional.<Counting>empty()))
                .chain(filling -> filling.map(
                                counting -> history(connection, counting).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false))));
    }

    private Uni<Void> history(SqlConnection connection, Counting counting) {
        return backlog.history(
                        connection,
                        counting.namespace(),
                        counting.meter().eventType(),
                        counting.bookmark(),
                        counting.partitions(),
                        counting.untilSeqs(),
                        portion())
                .chain(entries -> entries.isEmpty()
                        ? countings.filled(connection, counting)
                        : Uni.createFrom()
                                .item(entries)
                                .emitOn(Infrastructure.getDefaultWorkerPool())
                                .map(some -> sum(counting, counting.ofHistory(some)))
                                .chain(sums -> write(connection, sums.counters()))
                                .chain(() -> countings.move(
                                        connection, counting, bookmark(entries.getLast()), entries.size())));
    }

    private static Sums sum(Counting counting, List<Entry> entries) {
        Sums sums = new Sums();
        sums.know(sums.unknown(entries), List.of(counting));
        sums.add(entries);
        return sums;
    }

    private static EventBacklog.Bookmark bookmark(Entry last) {
        return new EventBacklog.Bookmark(last.event().subject(), last.event().occurredAt(), last.seq());
    }
}
