package io.usance.bench;

/**
 * What replicas of ingestion have done since their start.
 *
 * @param stored events that are in the database, each once
 * @param duplicates events that were there already
 * @param counted events that are in the totals
 */
record Counters(long stored, long duplicates, long counted) {
    /** @param metrics as Prometheus reads them */
    static Counters of(String metrics) {
        return new Counters(
                sum(metrics, "ingestion_events_stored_total"),
                sum(metrics, "ingestion_events_duplicates_total"),
                sum(metrics, "ingestion_events_counted_total"));
    }

    /** Events that are done with. */
    long settled() {
        return Math.min(stored, counted) + duplicates;
    }

    Counters plus(Counters other) {
        return new Counters(stored + other.stored, duplicates + other.duplicates, counted + other.counted);
    }

    Counters minus(Counters earlier) {
        return new Counters(stored - earlier.stored, duplicates - earlier.duplicates, counted - earlier.counted);
    }

    private static long sum(String metrics, String name) {
        return (long) metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
