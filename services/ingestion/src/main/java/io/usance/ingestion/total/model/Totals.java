package io.usance.ingestion.total.model;

import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.meter.Reading;
import io.usance.kernel.meter.Total;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What readings of one meter add to its totals, before it is written. Only the narrowest totals that are kept are summed up
 * reading by reading; wider ones are put together from them when they are asked for. Mutable and not thread-safe.
 */
public final class Totals {
    /** In the place of a subject: all subjects together. No subject is empty. */
    public static final String ALL_SUBJECTS = "";

    private final MeterAggregation aggregation;
    private final Level narrowest;
    private final Level narrowestOfSubject;
    private final Map<Key, Total> narrow = new HashMap<>();

    // What many keys have in common is kept once.
    private final Map<List<String>, Cut> cuts = new HashMap<>();
    private final Map<String, String> subjects = new HashMap<>();
    private final Map<Instant, Instant> starts = new HashMap<>();

    public Totals(MeterAggregation aggregation) {
        this.aggregation = aggregation;
        this.narrowest = narrowest(aggregation, false);
        this.narrowestOfSubject = narrowest(aggregation, true);
    }

    private static Level narrowest(MeterAggregation aggregation, boolean bySubject) {
        return Stream.of(Level.values())
                .filter(level -> Cover.isKept(level, aggregation, bySubject))
                .findFirst()
                .orElseThrow();
    }

    private record Cut(UUID slice, List<String> dimensions) {
        static Cut of(List<String> dimensions) {
            return new Cut(Slice.of(dimensions), dimensions);
        }
    }

    /**
     * Which total.
     *
     * @param subject or {@link #ALL_SUBJECTS}
     * @param dimensions the values of the meter's dimensions, in the order of their names
     */
    public record Key(Level level, String subject, Instant start, UUID slice, List<String> dimensions) {
        /** In which totals are written, so that two who write the same ones wait for one another and nothing worse. */
        public static final Comparator<Key> ORDER = Key::compare;

        // Not put together from comparators, and subjects are often the same object: there are many keys.
        @SuppressWarnings("StringEquality")
        private static int compare(Key left, Key right) {
            int order = left.level.compareTo(right.level);
            order = order == 0 && left.subject != right.subject ? left.subject.compareTo(right.subject) : order;
            order = order == 0 ? left.start.compareTo(right.start) : order;
            return order == 0 ? left.slice.compareTo(right.slice) : order;
        }
    }

    /** Takes in a reading that the aggregation can use. */
    public void add(String subject, List<String> dimensions, Reading reading) {
        Cut cut = cuts.computeIfAbsent(dimensions, Cut::of);
        add(narrowest, ALL_SUBJECTS, cut, reading);
        add(narrowestOfSubject, subjects.computeIfAbsent(subject, same -> same), cut, reading);
    }

    private void add(Level level, String subject, Cut cut, Reading reading) {
        Instant start = starts.computeIfAbsent(level.floor(reading.occurredAt()), same -> same);
        narrow.computeIfAbsent(
                        new Key(level, subject, start, cut.slice(), cut.dimensions()), fresh -> Total.of(aggregation))
                .add(reading);
    }

    public MeterAggregation aggregation() {
        return aggregation;
    }

    /** All totals, of every width that is kept; a copy. */
    public Map<Key, Total> totals() {
        return widened(narrow);
    }

    /** How many totals are summed up. */
    public int narrow() {
        return narrow.size();
    }

    /** The totals of single subjects, like {@link #totals}; they are gone from here. */
    public Map<Key, Total> takeSubjects() {
        Map<Key, Total> taken = new HashMap<>();
        Iterator<Map.Entry<Key, Total>> held = narrow.entrySet().iterator();
        while (held.hasNext()) {
            Map.Entry<Key, Total> entry = held.next();
            if (!entry.getKey().subject().equals(ALL_SUBJECTS)) {
                taken.put(entry.getKey(), entry.getValue());
                held.remove();
            }
        }
        subjects.clear();
        return widened(taken);
    }

    private Map<Key, Total> widened(Map<Key, Total> narrow) {
        Map<Key, Total> all = new HashMap<>(narrow);
        narrow.forEach((key, total) -> {
            for (Level level : Level.values()) {
                if (level.compareTo(key.level()) > 0) {
                    Key wider = new Key(level, key.subject(), level.floor(key.start()), key.slice(), key.dimensions());
                    all.computeIfAbsent(wider, fresh -> Total.of(aggregation)).merge(total);
                }
            }
        });
        return all;
    }

    /** How many totals are summed up, and different values. */
    public long size() {
        return aggregation == MeterAggregation.UNIQUE_COUNT
                ? narrow.values().stream()
                        .mapToLong(total -> 1L + total.value().orElseThrow().longValueExact())
                        .sum()
                : narrow.size();
    }
}
