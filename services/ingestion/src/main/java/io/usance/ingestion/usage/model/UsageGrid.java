package io.usance.ingestion.usage.model;

import io.usance.kernel.meter.Granularity;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.kernel.meter.Reading;
import io.usance.kernel.meter.Total;
import io.usance.kernel.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Usage by window and group while it is being summed up. Only what has usage is there. The outcome does not depend on the
 * order of the readings.
 *
 * <p>Mutable and not thread-safe.
 */
public final class UsageGrid {
    private final MeterAggregation aggregation;
    private final Granularity granularity;
    private final ZoneId zone;
    private final Map<Key, Total> cells = new HashMap<>();
    private final TreeMap<Instant, Period> windows = new TreeMap<>();

    /**
     * @param granularity width of the windows; null for a single one without bounds
     * @param zone whose calendar the windows follow
     */
    public UsageGrid(MeterAggregation aggregation, Granularity granularity, ZoneId zone) {
        this.aggregation = aggregation;
        this.granularity = granularity;
        this.zone = zone;
    }

    /** @param window null if there are no windows */
    private record Key(Period window, List<String> group) {}

    /** Takes a reading in that the aggregation can use. */
    public void add(List<String> group, Reading reading) {
        cells.computeIfAbsent(new Key(window(reading.occurredAt()), group), key -> Total.of(aggregation))
                .add(reading);
    }

    /** Takes in a total of readings that all fall into the window of {@code at}. */
    public void add(List<String> group, Instant at, Total total) {
        cells.computeIfAbsent(new Key(window(at), group), key -> Total.of(aggregation))
                .merge(total);
    }

    /** How many rows there are. */
    public int size() {
        return cells.size();
    }

    /** The groups that have usage, once for each window. */
    public Stream<List<String>> groups() {
        return cells.keySet().stream().map(Key::group);
    }

    /** How many different values are held; 0 unless the aggregation counts them. */
    public long distinctValues() {
        return aggregation == MeterAggregation.UNIQUE_COUNT
                ? cells.values().stream()
                        .flatMap(cell -> cell.value().stream())
                        .mapToLong(value -> value.longValueExact())
                        .sum()
                : 0;
    }

    /** The same usage by other groups; what falls into the same one is merged. */
    public UsageGrid regroup(UnaryOperator<List<String>> regrouping) {
        UsageGrid regrouped = new UsageGrid(aggregation, granularity, zone);
        cells.forEach((key, cell) -> regrouped
                .cells
                .computeIfAbsent(new Key(key.window(), regrouping.apply(key.group())), fresh -> Total.of(aggregation))
                .merge(cell));
        return regrouped;
    }

    /**
     * The rows in order. Without windows a row covers what was asked for, and on a side that was left open it reaches to the
     * first or last usage, in whole minutes.
     *
     * @param from null if left open
     * @param to null if left open
     */
    public List<UsageRow> rows(Instant from, Instant to) {
        return cells.entrySet().stream()
                .flatMap(entry -> row(entry.getKey(), entry.getValue(), from, to))
                .sorted(UsageRow.ORDER)
                .toList();
    }

    private static Stream<UsageRow> row(Key key, Total cell, Instant from, Instant to) {
        Instant start = from == null ? cell.first().truncatedTo(ChronoUnit.MINUTES) : from;
        Instant end = to == null ? cell.last().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1)) : to;
        Period window = Optional.ofNullable(key.window()).orElseGet(() -> new Period(start, end));
        return cell.value().stream().map(value -> new UsageRow(window.start(), window.end(), key.group(), value));
    }

    /** The window of {@code instant}, which is worked out once for each window. */
    private Period window(Instant instant) {
        if (granularity == null) {
            return null;
        }
        Map.Entry<Instant, Period> known = windows.floorEntry(instant);
        if (known != null && known.getValue().contains(instant)) {
            return known.getValue();
        }
        Period window = granularity.windowOf(instant, zone);
        windows.put(window.start(), window);
        return window;
    }
}
