package io.usance.bench;

import io.usance.bench.MeasureLimits.Limits;
import io.usance.bench.Settings.Part;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Measures the counting of events on this machine: {@code make bench}. What is asked of it is in the environment, see
 * {@link Settings}; the system property {@code usance.root} is the project's folder.
 */
final class Bench {
    /** Its client tells all of its settings each time. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private final Settings settings;
    private final PrintStream terminal;
    private final Report report;

    Bench(Settings settings, Map<String, String> environment, PrintStream terminal) {
        this.settings = settings;
        this.terminal = terminal;
        this.report = new Report(
                settings.report(), terminal, Machine.description(settings.root(), Clock.systemUTC(), environment));
    }

    public static void main(String... arguments) {
        Path root = Path.of(System.getProperty("usance.root", "")).toAbsolutePath();
        KAFKA.setLevel(Level.WARNING);
        Settings settings;
        try {
            settings = Settings.of(root, System.getenv());
        } catch (IllegalArgumentException wrongSetting) {
            System.err.println(wrongSetting.getMessage());
            System.exit(2);
            return;
        }
        new Bench(settings, System.getenv(), System.out).run();
    }

    /** Measures all that is asked for, and leaves the document behind. */
    void run() {
        if (wants(Part.RATING)) {
            new MeasureRating(report, terminal, settings.rateFor()).run();
            report.write();
        }
        boolean loads = wants(Part.LIMITS) || wants(Part.INGEST) || wants(Part.REPLICAS) || wants(Part.SOAK);
        if (loads || settings.oneStack()) {
            try (Scene scene = Scene.open(settings, report, terminal)) {
                describe(scene);
                loads(scene);
                if (settings.oneStack()) {
                    questions(scene);
                }
            }
        }
        if (!settings.oneStack() && wants(Part.QUERIES)) {
            // What was counted before would be a part of each history.
            try (Scene scene = Scene.open(settings, report, terminal)) {
                if (!loads) {
                    describe(scene);
                }
                questions(scene);
            }
        }
        if (wants(Part.PLANS)) {
            try (Scene scene = Scene.open(settings, report, terminal)) {
                new MeasurePlans(scene).run();
                report.write();
            }
        }
        terminal.println("\n" + report.aims().markdown());
        terminal.println("Written to " + settings.report().resolve(Report.DOCUMENT));
    }

    private void describe(Scene scene) {
        report.section("Stack");
        report.text("The JVM of ingestion, and of every service: `%s`. Postgres: `%s`."
                .formatted(new Processes(scene.stack()).jvmFlags("ingestion"), Storage.serverSettings(scene.stack())));
    }

    private void loads(Scene scene) {
        Optional<Limits> limits = Optional.empty();
        if (wants(Part.LIMITS)) {
            limits = Optional.of(new MeasureLimits(scene).run());
            report.write();
        }
        if (wants(Part.INGEST)) {
            new MeasureIngest(scene, limits).run();
            report.write();
        }
        if (wants(Part.REPLICAS)) {
            new MeasureReplicas(scene).run();
            report.write();
        }
        if (wants(Part.SOAK)) {
            new Soak(scene).run();
            report.write();
        }
    }

    private void questions(Scene scene) {
        if (wants(Part.QUERIES)) {
            new MeasureQueries(scene).run();
            report.write();
        }
    }

    private boolean wants(Part part) {
        return settings.parts().contains(part);
    }
}
