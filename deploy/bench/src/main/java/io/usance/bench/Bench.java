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
        try {
            new Bench(Settings.of(root, System.getenv()), System.getenv(), System.out).run();
        } catch (IllegalArgumentException wrongSetting) {
            System.err.println(wrongSetting.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    /** Measures all that is asked for, and leaves the document behind. */
    void run() {
        if (settings.parts().contains(Part.LIMITS) || settings.parts().contains(Part.INGEST)) {
            try (Scene scene = Scene.open(settings, report, terminal)) {
                Optional<Limits> limits = settings.parts().contains(Part.LIMITS)
                        ? Optional.of(new MeasureLimits(scene).run())
                        : Optional.empty();
                report.write();
                if (settings.parts().contains(Part.INGEST)) {
                    new MeasureIngest(scene, limits).run();
                    report.write();
                }
            }
        }
        terminal.println("\n" + report.aims().markdown());
        terminal.println("Written to " + settings.report().resolve(Report.DOCUMENT));
    }
}
