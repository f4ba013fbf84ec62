package io.usance.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One process of the stack, and the log that takes what it says. */
record Child(String name, ProcessHandle process, Path log) {
    private static final int TAIL_BYTES_MAX = 64 * 1024;

    /**
     * Starts a process that says nothing to this terminal and asks nothing of it.
     *
     * @param environment set beside what this process has, except for the secrets it was given
     */
    static Child start(String name, List<String> command, Map<String, String> environment, Path folder, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeAll(Set.of("USANCE_TOKEN", "USANCE_POSTGRES_URL"));
        builder.environment().putAll(environment);
        return new Child(name, builder.start().toHandle(), log);
    }

    /** Asks it to end, and ends it when it has not within {@code patience}. */
    void stop(Duration patience) {
        process.destroy();
        if (!ended(patience)) {
            process.destroyForcibly();
            ended(Duration.ofSeconds(2));
        }
    }

    /** Waits until it has ended; false when it has not within {@code patience}. */
    boolean ended(Duration patience) {
        try {
            process.onExit()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return true;
        } catch (RuntimeException stillThere) {
            return !process.isAlive();
        }
    }

    /** The last lines of its log, oldest first, at most {@code count}; without the frames of stack traces. */
    List<String> lastLines(int count) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES_MAX);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("\t..."))
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException unreadable) {
            return List.of("(" + log + " cannot be read: " + unreadable.getMessage() + ")");
        }
    }
}
