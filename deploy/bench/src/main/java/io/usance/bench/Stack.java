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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

    /** Where ingestion answers for its health and metrics. */
    int ingestionManagementPort() {
        return port + 13;
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

    /** The ids of the processes that the launcher has started, by name. */
    Map<String, Long> processes() {
        Map<String, Long> processes = new HashMap<>();
        for (String line : read(home.resolve("processes")).lines().toList()) {
            String[] words = line.split(" ", 3);
            processes.put(words[2], Long.parseLong(words[0]));
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
