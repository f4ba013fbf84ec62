package io.usance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the processes of a stack, and the bench itself, have used, from /proc. */
final class Processes {
    /** Linux counts CPU time for programs in hundredths of a second on every machine. */
    private static final double TICKS_PER_SECOND = 100;

    /** Under which name the bench itself is among them. */
    static final String BENCH = "bench";

    private final Map<String, Long> pids;

    Processes(Stack stack) {
        this.pids = new LinkedHashMap<>(stack.processes());
        this.pids.put(BENCH, ProcessHandle.current().pid());
    }

    /** Resident memory of a process of the stack in bytes; 0 when it has ended. */
    long residentBytes(String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", pids.get(name).toString(), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** How the JVM of a process of the stack was told to run: its flags as they stand on its command line. */
    String jvmFlags(String name) {
        try {
            return Arrays.stream(
                            Files.readString(Path.of("/proc", pids.get(name).toString(), "cmdline"))
                                    .split("\0", -1))
                    .filter(word -> word.startsWith("-X") && !word.startsWith("-Xlog"))
                    .map(word -> word.startsWith("-XX:AOTCache") ? "-XX:AOTCache" : word)
                    .collect(Collectors.joining(" "));
        } catch (IOException gone) {
            throw new IllegalStateException(name + " has ended", gone);
        }
    }

    /** CPU time since their start in seconds, by name; Postgres with the processes that serve its connections. */
    Map<String, Double> cpuSeconds() {
        Map<Long, Stat> all = stats();
        Map<String, Double> seconds = new LinkedHashMap<>();
        pids.forEach((name, pid) -> {
            long ticks = all.entrySet().stream()
                    .filter(entry -> entry.getKey().equals(pid)
                            || name.equals("postgres") && entry.getValue().parent() == pid)
                    .mapToLong(entry -> entry.getValue().ticks())
                    .sum();
            seconds.put(name, ticks / TICKS_PER_SECOND);
        });
        return seconds;
    }

    /** CPU time of the whole machine since its start: how much of it somebody used, and how much there was. */
    record MachineTime(double busySeconds, double allSeconds) {}

    static MachineTime machine() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            String[] words = lines.findFirst().orElseThrow().strip().split(" +");
            double all = 0;
            // User to stolen; what guests use is in user already.
            for (int i = 1; i <= 8; i++) {
                all += Double.parseDouble(words[i]);
            }
            double idle = Double.parseDouble(words[4]) + Double.parseDouble(words[5]);
            return new MachineTime((all - idle) / TICKS_PER_SECOND, all / TICKS_PER_SECOND);
        } catch (IOException failure) {
            throw new IllegalStateException("/proc/stat cannot be read", failure);
        }
    }

    /** @param ticks of the process and of its children that have ended */
    private record Stat(long parent, long ticks) {}

    private static Map<Long, Stat> stats() {
        Map<Long, Stat> stats = new HashMap<>();
        try (Stream<Path> folders = Files.list(Path.of("/proc"))) {
            List<Path> processes = folders.filter(
                            folder -> folder.getFileName().toString().matches("[0-9]+"))
                    .toList();
            for (Path process : processes) {
                try {
                    String line = Files.readString(process.resolve("stat"));
                    // The name in parentheses may hold anything.
                    String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ");
                    long ticks = Long.parseLong(words[11])
                            + Long.parseLong(words[12])
                            + Long.parseLong(words[13])
                            + Long.parseLong(words[14]);
                    stats.put(
                            Long.parseLong(process.getFileName().toString()),
                            new Stat(Long.parseLong(words[1]), ticks));
                } catch (IOException gone) {
                    // Ended while it was looked at.
                }
            }
            return stats;
        } catch (IOException failure) {
            throw new IllegalStateException("/proc cannot be read", failure);
        }
    }
}
