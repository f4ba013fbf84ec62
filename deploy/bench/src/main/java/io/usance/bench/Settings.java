package io.usance.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the environment asks of a run; each value has the name of its variable beside it in {@link #of}.
 *
 * @param root the project's folder, with the built services below it
 * @param home folder of the stacks that are measured; what is in it goes when the run ends
 * @param port first of the stack's block of ports
 * @param parts what is measured
 * @param kafkaFlush whether the broker has on disk what it acknowledges, as the stack's does; without, it acknowledges what
 *     it has in memory, as the brokers of a cluster do that have each other's copies
 * @param oneStack whether questions are asked of the stack that has counted before, to save the time of its start
 * @param report folder of the document and its curves
 * @param histories numbers of events after which questions are asked, rising
 * @param requests of each question, at least 1
 * @param subjects among which the events are spread, at least {@code customers}
 * @param customers with a subscription, one subject each, at least 1
 * @param connections over which events are posted, at least 1
 * @param batchSize events in a post, 1 to 10,000
 * @param backlogMax accepted events that may wait for being stored before the producers pause
 * @param limitEvents rows and records with which the limits are taken, at least 20,000
 * @param plans of which pages are listed, at least 200
 * @param rateFor each of JMH's warm-ups and measurements
 * @param acceptFor how long posts are accepted, of each size
 * @param countFor how long counting is kept at full load
 * @param freshnessFor how long freshness is taken at half load
 * @param replicasFor how long counting is kept at full load with each number of replicas
 * @param soakFor how long memory is watched at full load
 * @param quietMax how long to wait for the machine to have nothing else to do before questions are asked
 */
record Settings(
        Path root,
        Path home,
        int port,
        Set<Part> parts,
        boolean kafkaFlush,
        boolean oneStack,
        Path report,
        List<Long> histories,
        int requests,
        int subjects,
        int customers,
        int connections,
        int batchSize,
        long backlogMax,
        long limitEvents,
        int plans,
        Duration rateFor,
        Duration acceptFor,
        Duration countFor,
        Duration freshnessFor,
        Duration replicasFor,
        Duration soakFor,
        Duration quietMax) {

    private static final int BATCH_SIZE_MAX = 10_000;

    /** What can be measured by itself. */
    enum Part {
        RATING,
        LIMITS,
        INGEST,
        REPLICAS,
        QUERIES,
        PLANS,
        SOAK
    }

    Settings {
        if (batchSize > BATCH_SIZE_MAX) {
            throw new IllegalArgumentException("BENCH_BATCH must be at most " + BATCH_SIZE_MAX + ", not " + batchSize);
        }
        if (subjects < customers) {
            throw new IllegalArgumentException(
                    "BENCH_SUBJECTS must be at least BENCH_CUSTOMERS, which is " + customers);
        }
    }

    static Settings of(Path root, Map<String, String> environment) {
        Variables read = new Variables(environment);
        Set<Part> parts = parts(read.text("BENCH_PARTS", "rating,limits,ingest,replicas,queries,plans,soak"));
        Path build = root.resolve("deploy/bench/target");
        // Half a run never replaces the figures of a whole one.
        Path report = parts.size() == Part.values().length ? root.resolve("docs/benchmarks") : build.resolve("report");
        return new Settings(
                root,
                root.resolve(
                        read.text("USANCE_BENCH_HOME", build.resolve("stack").toString())),
                (int) read.number("BENCH_PORT", "18888", 1_024),
                parts,
                read.isTrue("BENCH_KAFKA_FLUSH", "true"),
                read.isTrue("BENCH_ONE_STACK", "false"),
                root.resolve(read.text("BENCH_REPORT", report.toString())),
                Arrays.stream(read.text("BENCH_EVENTS", "1000000,20000000").split(",", -1))
                        .map(text -> Variables.parsed("BENCH_EVENTS", text, 1))
                        .sorted()
                        .toList(),
                (int) read.number("BENCH_REQUESTS", "1000", 1),
                (int) read.number("BENCH_SUBJECTS", "10000", 1),
                (int) read.number("BENCH_CUSTOMERS", "100", 1),
                (int) read.number("BENCH_CONNECTIONS", "16", 1),
                (int) read.number("BENCH_BATCH", "100", 1),
                read.number("BENCH_BACKLOG", "300000", 1),
                read.number("BENCH_LIMIT_EVENTS", "3000000", 20_000),
                (int) read.number("BENCH_PLANS", "10000", 200),
                read.duration("BENCH_RATE_FOR", "2s"),
                read.duration("BENCH_ACCEPT_FOR", "15s"),
                read.duration("BENCH_COUNT_FOR", "5m"),
                read.duration("BENCH_FRESHNESS_FOR", "1m"),
                read.duration("BENCH_REPLICAS_FOR", "1m"),
                read.duration("BENCH_SOAK_FOR", "30m"),
                read.duration("BENCH_QUIET", "10m"));
    }

    private static Set<Part> parts(String text) {
        try {
            return Arrays.stream(text.toUpperCase(Locale.ROOT).split(",", -1))
                    .map(String::strip)
                    .map(Part::valueOf)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "BENCH_PARTS must be some of rating, limits, ingest, replicas, queries, plans and soak, not "
                            + text);
        }
    }

    private record Variables(Map<String, String> environment) {
        String text(String name, String otherwise) {
            String text = environment.getOrDefault(name, "").strip();
            return text.isEmpty() ? otherwise : text;
        }

        boolean isTrue(String name, String otherwise) {
            String text = text(name, otherwise);
            if (!text.matches("true|false")) {
                throw new IllegalArgumentException(name + " must be true or false, not " + text);
            }
            return Boolean.parseBoolean(text);
        }

        long number(String name, String otherwise, long least) {
            return parsed(name, text(name, otherwise), least);
        }

        static long parsed(String name, String text, long least) {
            if (!text.matches("[0-9]{1,12}") || Long.parseLong(text) < least) {
                throw new IllegalArgumentException(name + " must be a number from " + least + ", not " + text);
            }
            return Long.parseLong(text);
        }

        Duration duration(String name, String otherwise) {
            String text = text(name, otherwise);
            if (!text.matches("[0-9]{1,6}[smh]")) {
                throw new IllegalArgumentException(name + " must be a duration such as 90s, 5m or 1h, not " + text);
            }
            return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        }
    }
}
