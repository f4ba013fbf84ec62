package io.usance.ingestion.total.model;

import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.meter.Reading;
import io.usance.kernel.meter.Total;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What readings of one meter add to its totals, before it is written. Mutable and not thread-safe.
 */
public final class Totals {
    /** In the place of a subject: all subjects together. No subject is empty. */
    public static final String ALL_SUBJECTS = "";

    private final MeterAggregation aggregation;
    private final Map<Key, Total> totals = new HashMap<>();
    private final Map<List<String>, UUID> slices = new HashMap<>();

    public Totals(MeterAggregation aggregation) {
        this.aggregation = aggregation;
    }

    /**
     * Which total.
     *
     * @param subject or {@link #ALL_SUBJECTS}
     * @param dimensions the values of the meter's dimensions, in the order of their names
     */
    public record Key(Level level, String subject, Instant start, UUID slice, List<String> dimensions) {
        /** In which totals are written, so that two who write the same ones wait for one another and nothing worse. */
        public static final Comparator<Key> ORDER = Comparator.comparing(Key::level)
                .thenComparing(Key::subject)
                .thenComparing(Key::start)
                .thenComparing(Key::slice);
    }

    /** Takes in a reading that the aggregation can use. */
    public void add(String subject, List<String> dimensions, Reading reading) {
        UUID slice = slices.computeIfAbsent(dimensions, Slice::of);
        for (Level level : Level.values()) {
            Instant start = level.floor(reading.occurredAt());
            if (Cover.isKept(level, aggregation, false)) {
                total(new Key(level, ALL_SUBJECTS, start, slice, dimensions)).add(reading);
            }
            if (Cover.isKept(level, aggregation, true)) {
                total(new Key(level, subject, start, slice, dimensions)).add(reading);
            }
        }
    }

    public MeterAggregation aggregation() {
        return aggregation;
    }

    public Map<Key, Total> totals() {
        return totals;
    }

    /** How many totals and different values there are. */
    public long size() {
        return aggregation == MeterAggregation.UNIQUE_COUNT
                ? totals.values().stream()
                        .mapToLong(total -> 1L + total.kept().texts().size())
                        .sum()
                : totals.size();
    }

    private Total total(Key key) {
        return totals.computeIfAbsent(key, fresh -> Total.of(aggregation));
    }
}
