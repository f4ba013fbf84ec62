package io.usance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.config.TopicConfig;

/** The whole of Usance as {@code make up} starts it: the same launcher, with a folder and ports of its own. */
final class Stack implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofMinutes(4);
    private static final Duration STOP_MAX = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path root;
    private final Path home;
    private final List<Process> replicas = new ArrayList<>();
    private final int port;
    private Process launcher;

    private Stack(Path root, Path home, int port) {
        this.root = root;
        this.home = home;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stack-stop"));
    }

    /**
     * A running stack without data.
     *
     * @param clockOffset how far its clock is ahead, negative for behind
     */
    static Stack fresh(Settings settings, Duration clockOffset) {
        remove(settings.home());
        Stack stack = new Stack(settings.root(), settings.home(), settings.port());
        stack.start(clockOffset);
        return stack;
    }

    /** Stops and starts again with the same data and another clock. */
    void restart(Duration clockOffset) {
        stop();
        start(clockOffset);
    }

    int gatewayPort() {
        return port;
    }

    /** Where the replicas of ingestion answer for their health and metrics. */
    List<Integer> ingestionManagementPorts() {
        return IntStream.rangeClosed(0, replicas.size())
                .mapToObj(this::ingestionManagementPort)
                .toList();
    }

    /** @param replica 0 is the launcher's */
    private int ingestionManagementPort(int replica) {
        return replica == 0 ? port + 13 : port + 29 + 2 * replica;
    }

    /** Starts another replica of ingestion as the launcher has started the first, and returns when it is ready. */
    void addIngestion() {
        int replica = replicas.size() + 1;
        Path first = Path.of("/proc", String.valueOf(processes().get("ingestion")));
        try {
            ProcessBuilder builder = new ProcessBuilder(words(first.resolve("cmdline")))
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("logs/" + replicaName(replica) + ".log")
                            .toFile());
            builder.environment().clear();
            for (String variable : words(first.resolve("environ"))) {
                String[] named = variable.split("=", 2);
                builder.environment().put(named[0], named[1]);
            }
            builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(ingestionManagementPort(replica) - 1));
            builder.environment().put("QUARKUS_MANAGEMENT_PORT", String.valueOf(ingestionManagementPort(replica)));
            replicas.add(builder.start());
            awaitReady(ingestionManagementPort(replica));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String replicaName(int replica) {
        return "ingestion-" + (replica + 1);
    }

    private static List<String> words(Path file) throws IOException {
        return Stream.of(Files.readString(file).split("\0"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private void awaitReady(int managementPort) {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (true) {
            try (HttpConnection health = new HttpConnection(managementPort, "")) {
                if (health.get("/q/health/ready") == 200) {
                    return;
                }
            } catch (IOException starting) {
                // Does not listen yet.
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("a replica of ingestion did not start, its log is below " + home);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Stops the replicas that were added. */
    void removeReplicas() {
        replicas.forEach(Process::destroy);
        for (Process replica : replicas) {
            try {
                if (!replica.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                    replica.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        replicas.clear();
    }

    String kafkaBootstrap() {
        return "127.0.0.1:" + (port + 20);
    }

    /**
     * Sets whether the broker has on disk what it acknowledges of a topic.
     *
     * @throws IllegalStateException if the broker refuses
     */
    void flushTopic(String topic, boolean flush) {
        AlterConfigOp each = new AlterConfigOp(
                new ConfigEntry(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, String.valueOf(flush ? 1 : Long.MAX_VALUE)),
                OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(Type.TOPIC, topic), List.of(each)))
                    .all()
                    .get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the broker does not change " + topic, failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafkaBootstrap()));
    }

    /** A superuser's connection. */
    Connection postgres() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + (port + 22)
                + "/usance?user=postgres&password=" + URLEncoder.encode(secret("postgres"), StandardCharsets.UTF_8));
    }

    /** The admin token of the first tenant. */
    String token() {
        return secret("token");
    }

    /** The ids of the processes, by name. */
    Map<String, Long> processes() {
        Map<String, Long> processes = new HashMap<>();
        for (String line : read(home.resolve("processes")).lines().toList()) {
            String[] words = line.split(" ", 3);
            processes.put(words[2], Long.parseLong(words[0]));
        }
        for (int i = 0; i < replicas.size(); i++) {
            processes.put(replicaName(i + 1), replicas.get(i).pid());
        }
        return processes;
    }

    /** Stops what runs and removes the data. */
    @Override
    public void close() {
        stop();
        remove(home);
    }

    private void start(Duration clockOffset) {
        try {
            Path build = root.resolve("deploy/local/target");
            Path terminal = Files.createDirectories(home.toAbsolutePath().getParent())
                    .resolve(home.getFileName() + ".terminal");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx128m",
                            "-Dusance.root=" + root,
                            "-Dusance.parents=" + ProcessHandle.current().pid(),
                            "-cp",
                            build.resolve("usance-local.jar") + ":" + Files.readString(build.resolve("class-path")),
                            "io.usance.local.Up")
                    .redirectErrorStream(true)
                    .redirectOutput(terminal.toFile());
            // Measured is the platform that the launcher starts, on this machine.
            builder.environment()
                    .keySet()
                    .removeAll(List.of("USANCE_POSTGRES_URL", "USANCE_KAFKA_BOOTSTRAP", "USANCE_TOKEN"));
            builder.environment().put("USANCE_HOME", home.toString());
            builder.environment().put("USANCE_PORT", String.valueOf(port));
            builder.environment().put("USANCE_CLOCK_OFFSET", clockOffset.toString());
            launcher = builder.start();
            long end = System.nanoTime() + START_MAX.toNanos();
            while (!read(terminal).contains("\nUsance is ready")) {
                if (!launcher.isAlive() || System.nanoTime() > end) {
                    stop();
                    throw new IllegalStateException("the stack did not start:\n" + read(terminal));
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void stop() {
        removeReplicas();
        if (launcher == null || !launcher.isAlive()) {
            return;
        }
        launcher.destroy();
        try {
            if (!launcher.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the stack does not stop");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String secret(String name) {
        return read(home.resolve("secrets").resolve(name)).strip();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder) || isEmpty(folder)) {
            return;
        }
        if (!Files.exists(folder.resolve("secrets"))) {
            throw new IllegalStateException(folder + " is not the folder of a stack, and is not removed");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
