package io.usance.ingestion.total;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usance.ingestion.event.EventBacklog;
import io.usance.ingestion.event.EventBacklog.Entry;
import io.usance.ingestion.event.EventBacklog.Place;
import io.usance.ingestion.event.EventBacklog.Portion;
import io.usance.ingestion.meter.MeterReader;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    private record TypeOfTenant(String namespace, String type) {}

    /** The partitions in which something is to be counted. */
    Uni<List<Place>> behind() {
        return backlog.places(pool)
                .map(places -> places.stream()
                        .filter(place -> place.lastSeq() > place.countedSeq())
                        .toList());
    }

    /** Counts the next events of a partition; returns how many, 0 also while somebody else counts there. */
    Uni<Integer> next(int partition) {
        return pool.withTransaction(connection -> countings
                .isMine(connection, "count:" + partition)
                .chain(mine ->
                        mine ? next(connection, partition) : Uni.createFrom().item(0)));
    }

    private Uni<Integer> next(SqlConnection connection, int partition) {
        return countings
                .share(connection)
                .chain(() -> backlog.places(connection))
                .map(places -> places.stream()
                        .filter(place -> place.partition() == partition)
                        .findFirst()
                        .orElseThrow())
                .chain(place -> backlog.next(connection, partition, place.countedSeq(), portion()))
                .chain(entries -> entries.isEmpty()
                        ? Uni.createFrom().item(0)
                        : count(connection, entries)
                                .chain(() -> backlog.counted(
                                        connection, partition, entries.getLast().seq()))
                                .replaceWith(entries.size()))
                .invoke(count -> metrics.counter("ingestion.events.counted").increment(count));
    }

    private Portion portion() {
        return new Portion(config.portionSizeMax(), config.portionBytesMax());
    }

    private Uni<Void> count(SqlConnection connection, List<Entry> entries) {
        Set<String> namespaces = new HashSet<>();
        Set<String> types = new HashSet<>();
        entries.forEach(entry -> {
            namespaces.add(entry.namespace());
            types.add(entry.event().type());
        });
        return countings
                .ofTypes(connection, namespaces, types)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> sum(found, entries))
                .chain(counters -> write(connection, counters));
    }

    /** Adds up {@code entries} for each of {@code found}. */
    private static List<EventCounter> sum(List<Counting> found, List<Entry> entries) {
        Map<TypeOfTenant, List<EventCounter>> byType = new HashMap<>();
        List<EventCounter> all = new ArrayList<>();
        for (Counting counting : found) {
            EventCounter counter = new EventCounter(counting);
            all.add(counter);
            byType.computeIfAbsent(
                            new TypeOfTenant(
                                    counting.namespace(), counting.meter().eventType()),
                            fresh -> new ArrayList<>())
                    .add(counter);
        }
        for (Entry entry : entries) {
            List<EventCounter> counters = byType.getOrDefault(
                    new TypeOfTenant(entry.namespace(), entry.event().type()), List.of());
            JsonNode data = counters.stream().anyMatch(EventCounter::needsData)
                    ? MeterReader.data(entry.event().body())
                    : null;
            counters.forEach(counter -> counter.count(entry.event(), data));
        }
        return all;
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
                                .map(some -> sum(List.of(counting), some))
                                .chain(counters -> write(connection, counters))
                                .chain(() -> countings.move(connection, counting, bookmark(entries.getLast()))));
    }

    private static EventBacklog.Bookmark bookmark(Entry last) {
        return new EventBacklog.Bookmark(last.event().subject(), last.event().occurredAt(), last.seq());
    }
}
