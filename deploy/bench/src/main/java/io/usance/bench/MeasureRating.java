package io.usance.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How fast lines are rated, by JMH in processes of its own; nothing else runs. */
final class MeasureRating {
    private static final double WANTED_PER_SECOND = 1_000_000;

    private final Report report;
    private final PrintStream terminal;
    private final Duration time;

    /** @param time of each of JMH's warm-ups and measurements */
    MeasureRating(Report report, PrintStream terminal, Duration time) {
        this.report = report;
        this.terminal = terminal;
        this.time = time;
    }

    void run() {
        terminal.println("\nRating lines.");
        report.section("Rated");
        report.text("""
                A line with 10 tiers, of which the quantity reaches the last, rated by one thread. JMH: 2 processes, 5 warm-ups \
                and 5 measurements of %d ms in each.""".formatted(time.toMillis()));
        Table table = new Table("price", "lines/s", "± (99.9 %)");
        for (RunResult result : results()) {
            String model = result.getParams().getParam("model");
            double score = result.getPrimaryResult().getScore();
            table.row(
                    model,
                    "%,.0f".formatted(score),
                    "%,.0f".formatted(result.getPrimaryResult().getScoreError()));
            report.aim(Aim.atLeast(
                    "%s lines with 10 tiers rated".formatted(model), WANTED_PER_SECOND, score, Aim::perSecond));
        }
        report.table(table);
    }

    private Collection<RunResult> results() {
        try {
            return new Runner(new OptionsBuilder()
                            .include(RatingBenchmark.class.getSimpleName())
                            .warmupTime(TimeValue.milliseconds(time.toMillis()))
                            .measurementTime(TimeValue.milliseconds(time.toMillis()))
                            .build())
                    .run();
        } catch (RunnerException failure) {
            throw new IllegalStateException("JMH did not run", failure);
        }
    }
}
