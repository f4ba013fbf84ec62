package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every part on the real stack, so small that its figures say nothing but that it works. */
class BenchIT {
    private static final int PORTS = 40;

    @Test
    void every_part_measures_something_and_what_was_sent_is_counted_once(@TempDir Path report) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "BENCH_ONE_STACK", "true",
                "BENCH_PORT", String.valueOf(freePorts()),
                "BENCH_REPORT", report.toString(),
                "BENCH_EVENTS", "2000,4000",
                "BENCH_REQUESTS", "5",
                "BENCH_SUBJECTS", "50",
                "BENCH_CUSTOMERS", "2",
                "BENCH_CONNECTIONS", "2",
                "BENCH_BACKLOG", "2000",
                "BENCH_LIMIT_EVENTS", "20000"));
        environment.putAll(Map.of(
                "USANCE_BENCH_HOME", "deploy/bench/target/stack-of-test",
                "BENCH_ACCEPT_FOR", "1s",
                "BENCH_COUNT_FOR", "3s",
                "BENCH_FRESHNESS_FOR", "2s",
                "BENCH_REPLICAS_FOR", "2s",
                "BENCH_SOAK_FOR", "8s",
                "BENCH_RATE_FOR", "1s",
                "BENCH_PLANS", "200",
                "BENCH_QUIET", "1s"));
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        new Bench(
                        Settings.of(root(), environment),
                        environment,
                        new PrintStream(terminal, true, StandardCharsets.UTF_8))
                .run();

        String document = Files.readString(report.resolve(Report.DOCUMENT));
        assertThat(document)
                .contains(
                        "## Limits",
                        "## Accepted",
                        "## Counted",
                        "## Fresh",
                        "## Replicas",
                        "## Memory",
                        "## Asked",
                        "## Kept")
                .contains("BENCH_EVENTS=2000,4000")
                .contains("| counted end to end ", "| freshness, p99 ", "| a customer's month total")
                .contains("| event ")
                .doesNotContain("NaN", "Infinity");
        assertThat(terminal.toString(StandardCharsets.UTF_8)).contains("accepted", "p99", "Written to ");
        for (String chart : new String[] {"throughput", "backlog", "memory", "latency"}) {
            assertThat(document).contains("(counting-" + chart + ".svg)");
            assertThat(report.resolve("counting-" + chart + ".svg")).content().contains("<polyline");
        }
    }

    /** A stack's block of ports. */
    private static int freePorts() {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            if (IntStream.range(first, first + PORTS).allMatch(BenchIT::isFree)) {
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** The project's folder: the tests run somewhere below it. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("Makefile"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
