package io.usance.ingestion.total;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.ingestion.event.EventBacklog.Entry;
import io.usance.ingestion.meter.MeterReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What events add to the totals of all countings, before it is written. Mutable and not thread-safe. */
final class Sums {
    private final Map<TypeOfTenant, List<EventCounter>> byType = new HashMap<>();

    /** What decides which countings an event is for. */
    record TypeOfTenant(String namespace, String type) {
        static TypeOfTenant of(Entry entry) {
            return new TypeOfTenant(entry.namespace(), entry.event().type());
        }
    }

    /** The types of {@code entries} of which the countings are not known here yet. */
    Set<TypeOfTenant> unknown(List<Entry> entries) {
        Set<TypeOfTenant> types = new HashSet<>();
        entries.forEach(entry -> types.add(TypeOfTenant.of(entry)));
        types.removeAll(byType.keySet());
        return types;
    }

    /** Says which countings there are of {@code types}; others among {@code countings} are passed over. */
    void know(Collection<TypeOfTenant> types, Collection<Counting> countings) {
        types.forEach(type -> byType.putIfAbsent(type, new ArrayList<>()));
        for (Counting counting : countings) {
            TypeOfTenant type =
                    new TypeOfTenant(counting.namespace(), counting.meter().eventType());
            if (types.contains(type)) {
                byType.get(type).add(new EventCounter(counting));
            }
        }
    }

    /** The types whose countings are known. */
    Set<TypeOfTenant> types() {
        return byType.keySet();
    }

    /** Adds events, no type of which is unknown. */
    void add(List<Entry> entries) {
        for (Entry entry : entries) {
            List<EventCounter> counters = byType.get(TypeOfTenant.of(entry));
            if (counters.isEmpty()) {
                continue;
            }
            JsonNode data = counters.stream().anyMatch(EventCounter::needsData)
                    ? MeterReader.data(entry.event().body())
                    : null;
            counters.forEach(counter -> counter.count(entry.event(), data));
        }
    }

    /** Those that are written alike together, and in the same order whoever asks, so that two who write the same totals wait for one another and nothing worse. */
    List<EventCounter> counters() {
        return byType.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(EventCounter::merge).thenComparing(EventCounter::counting, Counting.ORDER))
                .toList();
    }

    /** How many totals and different values there are to be written. */
    long size() {
        return byType.values().stream()
                .flatMap(List::stream)
                .mapToLong(counter -> counter.totals().size())
                .sum();
    }
}
