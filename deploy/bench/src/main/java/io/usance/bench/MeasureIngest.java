package io.usance.bench;

import io.usance.bench.LineChart.Point;
import io.usance.bench.Load.Outcome;
import io.usance.bench.Load.Sample;
import io.usance.bench.MeasureLimits.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How many events a second are accepted, and how many are counted, and how soon. */
final class MeasureIngest {
    private static final int SINGLES_CONNECTIONS_FACTOR = 4;
    private static final double KAFKA_SHARE_MIN = 0.4;
    private static final double DEDUPE_SHARE_MIN = 0.5;
    private static final double COUNTED_MIN = 30_000;
    private static final double FRESHNESS_P99_MILLIS_MAX = 1_000;

    private final Scene scene;
    private final Optional<Limits> limits;

    /** @param limits of the same run, if they were taken */
    MeasureIngest(Scene scene, Optional<Limits> limits) {
        this.scene = scene;
        this.limits = limits;
    }

    void run() {
        scene.terminal().println("\nAccepting events, and counting them.");
        // Compilers and caches have seen everything once before anything is measured.
        scene.counted(scene.fullLoad("warming up", scene.settings().acceptFor()));
        accepting();
        Outcome outcome = counting();
        freshness(outcome.countedPerSecond() / 2);
    }

    private void accepting() {
        Outcome batches =
                scene.counted(accept("accepting batches", 100, scene.settings().connections()));
        Outcome singles = scene.counted(
                accept("accepting singles", 1, scene.settings().connections() * SINGLES_CONNECTIONS_FACTOR));
        scene.report().section("Accepted");
        scene.report().text("""
                Through the gateway, each answered with 202 when it was durable, while ingestion stores and counts what it can \
                of them; for %d s each.""".formatted(scene.settings().acceptFor().toSeconds()));
        scene.report().table(row(row(header(), "batches of 100", batches), "singles", singles));
        limits.ifPresent(limit -> scene.report()
                .aim(Aim.atLeast(
                        "batches of 100 accepted, share of the Kafka limit",
                        KAFKA_SHARE_MIN,
                        batches.acceptedPerSecond() / limit.kafka(),
                        Aim::ratio)));
    }

    /** Without a bound of the client's own: how much may wait is for the service to say. */
    private Load.Order accept(String name, int batchSize, int connections) {
        return new Load.Order(
                name,
                Long.MAX_VALUE,
                scene.settings().acceptFor(),
                batchSize,
                connections,
                0,
                Long.MAX_VALUE,
                true,
                number -> System.currentTimeMillis());
    }

    private Table header() {
        return new Table(
                "",
                "events/s",
                "of the Kafka limit",
                "requests/s",
                "p50",
                "p99",
                "refused",
                "client's CPU",
                "connections");
    }

    private Table row(Table table, String name, Outcome outcome) {
        boolean single = name.equals("singles");
        return table.row(
                name,
                number(outcome.acceptedPerSecond()),
                limits.map(limit -> Aim.percent(outcome.acceptedPerSecond() / limit.kafka()))
                        .orElse("–"),
                number(outcome.latencies().count() / outcome.sendingSeconds()),
                Aim.millis(outcome.latencies().percentileMillis(50)),
                Aim.millis(outcome.latencies().percentileMillis(99)),
                String.valueOf(outcome.refused()),
                Aim.percent(outcome.cpuShares().get(Processes.BENCH)),
                String.valueOf(scene.settings().connections() * (single ? SINGLES_CONNECTIONS_FACTOR : 1)));
    }

    private Outcome counting() {
        Settings settings = scene.settings();
        Outcome outcome = scene.counted(scene.fullLoad("counting", settings.countFor()));
        Report report = scene.report();
        report.section("Counted");
        report.text("""
                Accepted, deduplicated, stored, totalled and queryable: batches of %d over %d connections for %d s, \
                %,d subjects, %d meters of which %d match each event, 1 %% duplicates. At most %,d accepted events wait to be \
                stored, and the time in which the last of them are is part of the time. At the end the meters say exactly \
                what was sent: %,d events, each once.""".formatted(
                        settings.batchSize(),
                        settings.connections(),
                        settings.countFor().toSeconds(),
                        settings.subjects(),
                        Shop.METERS,
                        Shop.METERS_PER_TYPE,
                        settings.backlogMax(),
                        outcome.events()));
        report.table(new Table("", "")
                .row("counted events/s", number(outcome.countedPerSecond()))
                .row("in the slowest tenth of the time", number(slowest(outcome)))
                .row("accepted events/s", number(outcome.acceptedPerSecond()))
                .row("sent for", "%.1f s".formatted(outcome.sendingSeconds()))
                .row("counted after", "%.1f s".formatted(outcome.countedSeconds()))
                .row("requests refused with 429 or 503", String.valueOf(outcome.refused())));
        limits.ifPresent(limit -> report.aim(Aim.atLeast(
                "counted end to end, share of the dedupe limit",
                DEDUPE_SHARE_MIN,
                outcome.countedPerSecond() / limit.dedupe(),
                Aim::ratio)));
        report.aim(Aim.atLeast("counted end to end", COUNTED_MIN, outcome.countedPerSecond(), Aim::perSecond));
        report.text("Who used the cores while it was sent:");
        report.table(cpu(outcome));
        report.chart(
                "throughput",
                "Events a second over time",
                new LineChart("Accepted and counted at full load", "seconds", "events/s")
                        .curve("accepted", rates(outcome.samples(), Sample::accepted))
                        .curve("counted", rates(outcome.samples(), Sample::settled)));
        report.chart(
                "backlog",
                "Events that wait over time",
                new LineChart("Accepted and not counted yet at full load", "seconds", "events")
                        .curve("not stored", points(outcome, sample -> sample.accepted() - sample.stored()))
                        .curve("not counted", points(outcome, sample -> sample.accepted() - sample.settled())));
        return outcome;
    }

    private static Table cpu(Outcome outcome) {
        Table table = new Table("process", "share of the machine");
        outcome.cpuShares().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> table.row(entry.getKey(), Aim.percent(entry.getValue())));
        return table;
    }

    private static List<Point> points(Outcome outcome, ToDoubleFunction<Sample> value) {
        return outcome.samples().stream()
                .map(sample -> new Point(sample.seconds(), Math.max(0, value.applyAsDouble(sample))))
                .toList();
    }

    /** Rates over stretches of at least a hundredth of the whole, so that a curve of an hour can be read, too. */
    static List<Point> rates(List<Sample> samples, ToDoubleFunction<Sample> total) {
        int stretch = Math.max(2, samples.size() / 100);
        List<Point> points = new ArrayList<>();
        for (int i = stretch; i < samples.size(); i += stretch) {
            Sample then = samples.get(i - stretch);
            Sample now = samples.get(i);
            double rate = (total.applyAsDouble(now) - total.applyAsDouble(then)) / (now.seconds() - then.seconds());
            points.add(new Point(now.seconds(), Math.max(0, rate)));
        }
        return points;
    }

    /** Events a second, duplicates among them, in that tenth of the time in which the fewest were counted. */
    private static double slowest(Outcome outcome) {
        List<Sample> samples = outcome.samples();
        int stretch = Math.max(1, samples.size() / 10);
        double slowest = outcome.countedPerSecond();
        for (int i = stretch; i < samples.size(); i += stretch) {
            Sample then = samples.get(i - stretch);
            Sample now = samples.get(i);
            slowest = Math.min(slowest, (now.settled() - then.settled()) / (now.seconds() - then.seconds()));
        }
        return slowest;
    }

    private void freshness(double eventsPerSecond) {
        Duration time = scene.settings().freshnessFor();
        Latencies seen = new Freshness(scene).measure(eventsPerSecond, time);
        Report report = scene.report();
        report.section("Fresh");
        report.text("""
                From the 202 of an event to the first meter query of its subject that shows it, with %s beside it, which is \
                half of what was counted: %,d times.""".formatted(Aim.perSecond(eventsPerSecond), seen.count()));
        report.table(new Table("", "p50", "p99", "greatest")
                .row(
                        "freshness",
                        Aim.millis(seen.percentileMillis(50)),
                        Aim.millis(seen.percentileMillis(99)),
                        Aim.millis(seen.percentileMillis(100))));
        report.aim(Aim.atMost("freshness, p99", FRESHNESS_P99_MILLIS_MAX, seen.percentileMillis(99), Aim::millis));
    }

    private static String number(double rate) {
        return "%,.0f".formatted(rate);
    }
}
