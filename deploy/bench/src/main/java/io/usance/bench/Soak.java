package io.usance.bench;

import io.usance.bench.LineChart.Point;
import io.usance.bench.Load.Outcome;
import io.usance.bench.Load.Sample;
import java.time.Duration;
import java.util.List;

/** Whether the memory of ingestion stays what it is while events come as fast as they can be counted. */
final class Soak {
    private static final double GROWTH_MAX = 0.05;
    private static final int WINDOWS = 6;

    private final Scene scene;

    Soak(Scene scene) {
        this.scene = scene;
    }

    void run() {
        Duration time = scene.settings().soakFor();
        scene.terminal().println("\nWatching the memory of ingestion.");
        Outcome outcome = scene.counted(scene.fullLoad("soaking", time));
        List<Sample> samples = outcome.samples();
        int windows = Math.min(WINDOWS, samples.size());
        Report report = scene.report();
        report.section("Memory");
        report.text(
                """
                Resident memory of the ingestion service in %d s at full load, at which %s were counted and %,d requests \
                refused; the median of each of %d stretches of the time.""".formatted(time.toSeconds(), Aim.perSecond(outcome.countedPerSecond()), outcome.refused(), windows));
        Table table = new Table("stretch", "resident, MB");
        for (int window = 0; window < windows; window++) {
            table.row(String.valueOf(window + 1), megabytes(medianBytes(samples, window, windows)));
        }
        long greatest = samples.stream().mapToLong(Sample::memoryBytes).max().orElse(0);
        report.table(table.row("greatest of all", megabytes(greatest)));
        // In the first stretch the heap fills for the first time.
        double settled = medianBytes(samples, Math.min(1, windows - 1), windows);
        double last = medianBytes(samples, windows - 1, windows);
        report.aim(Aim.atMost(
                "growth of ingestion's memory from the second stretch of the soak to the last",
                GROWTH_MAX,
                last / settled - 1,
                Aim::percent));
        report.chart(
                "memory",
                "Resident memory of ingestion over time",
                new LineChart("Ingestion at full load", "minutes", "MB")
                        .curve(
                                "resident memory",
                                samples.stream()
                                        .map(sample -> new Point(sample.seconds() / 60, sample.memoryBytes() / 1e6))
                                        .toList()));
    }

    /** The median of one of {@code windows} stretches that have as many samples each. */
    static double medianBytes(List<Sample> samples, int window, int windows) {
        List<Long> sorted =
                samples.subList(samples.size() * window / windows, samples.size() * (window + 1) / windows).stream()
                        .map(Sample::memoryBytes)
                        .sorted()
                        .toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("too few samples for " + windows + " stretches: " + samples.size());
        }
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2.0;
    }

    private static String megabytes(double bytes) {
        return "%,.0f".formatted(bytes / 1e6);
    }
}
