package io.usance.local;

import io.usance.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The processes that a stack has started, written down in its folder, so that the next start can wait for those which
 * a killed launcher left behind.
 */
final class Leftovers {
    /** The watchdog ends them within nine seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A process id that was given to another process since then has another start, give or take the clock's drift. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private final Home home;
    private final Path file;

    Leftovers(Home home) {
        this.home = home;
        this.file = home.processes();
    }

    /** Waits until nothing of an earlier run is left; ends what does not end by itself. */
    void clear(Progress progress) throws IOException {
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                living(line).ifPresent(child -> end(child, progress));
            }
        }
        // Written down by nobody: a launcher that was killed in the second in which Postgres was starting.
        PostgresServer.process(home.database())
                .map(process -> new Child("postgres", process, file))
                .ifPresent(child -> end(child, progress));
        forget();
    }

    private static void end(Child child, Progress progress) {
        progress.step(child.name(), "still runs since the last time; waiting for its end");
        if (!child.ended(PATIENCE)) {
            child.stop(Duration.ofSeconds(1));
        }
    }

    void record(Child child) throws IOException {
        String line = child.process().pid() + " " + start(child.process()).toEpochMilli() + " " + child.name() + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** To be called when all have ended. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    private Optional<Child> living(String line) {
        List<String> words = List.of(line.split(" ", 3));
        if (words.size() != 3
                || !words.get(0).matches("[0-9]{1,18}")
                || !words.get(1).matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        Instant started = Instant.ofEpochMilli(Long.parseLong(words.get(1)));
        return ProcessHandle.of(Long.parseLong(words.get(0)))
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        Duration.between(started, start(process)).abs().compareTo(SAME_START) < 0)
                .map(process -> new Child(words.get(2), process, file));
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
