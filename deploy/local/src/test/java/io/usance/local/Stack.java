package io.usance.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The whole of Usance as {@code make up} starts it: the real launcher as a process, on free ports, with a folder of its
 * own. For tests of the whole system.
 */
public final class Stack implements AutoCloseable {
    /** Generous: a machine that runs tests does other things, too. */
    private static final Duration START_MAX = Duration.ofMinutes(4);

    private static final Duration STOP_MAX = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Path ROOT = root();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static Stack shared;

    private final Path home;
    private final int port;
    private final Map<String, String> environment;
    private Process launcher;
    private Path terminal;

    private Stack(Path home, int port, Map<String, String> environment) {
        this.home = home;
        this.port = port;
        this.environment = environment;
    }

    /** One stack for all tests that do not break it, started by the first and stopped with the JVM. */
    public static synchronized Stack shared() {
        if (shared == null) {
            Stack stack = fresh(Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-stop"));
            shared = stack.started();
        }
        return shared;
    }

    /** A running stack of the caller's own. */
    public static Stack start() {
        return fresh(Map.of()).started();
    }

    /** A stack that is not started yet, with an empty folder and free ports. */
    public static Stack fresh(Map<String, String> environment) {
        Path home = ROOT.resolve(
                "deploy/local/target/stacks/" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet());
        return new Stack(home, Ports.anyFree().first(), environment);
    }

    /** Another launcher for the same folder and ports, with other settings beside. */
    public Stack again(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Stack(home, port, all);
    }

    /** Starts the launcher, and returns when it says that it is ready. */
    public Stack started() {
        launch();
        long end = System.nanoTime() + START_MAX.toNanos();
        while (!terminal().contains("\nUsance is ready")) {
            if (!launcher.isAlive() || System.nanoTime() > end) {
                String said = terminal();
                launcher.destroy();
                throw new AssertionError("the stack did not start:\n" + said);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return this;
    }

    /** Starts the launcher, and does not wait; {@code arguments} ask it for something else than a stack. */
    public Stack launch(String... arguments) {
        try {
            Path build = ROOT.resolve("deploy/local/target");
            terminal = Files.createDirectories(build.resolve("stacks"))
                    .resolve(ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet() + ".terminal");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx128m",
                            "-Dusance.root=" + applications(),
                            "-Dusance.parents=" + ProcessHandle.current().pid(),
                            "-cp",
                            build.resolve("usance-local.jar") + ":" + Files.readString(build.resolve("class-path")),
                            Up.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(terminal.toFile());
            builder.command().addAll(List.of(arguments));
            builder.environment().put("USANCE_HOME", home.toString());
            builder.environment().put("USANCE_PORT", String.valueOf(port));
            builder.environment().putAll(environment);
            launcher = builder.start();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where the gateway listens, without a path. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Where a service answers for its health and metrics. */
    public URI managementUri(String service) {
        return URI.create("http://127.0.0.1:" + new Ports(port).management(service(service)));
    }

    /** Where a service listens behind the gateway. */
    public URI serviceUri(String service) {
        return URI.create("http://127.0.0.1:" + new Ports(port).http(service(service)));
    }

    public String kafkaBootstrap() {
        return "127.0.0.1:" + new Ports(port).broker();
    }

    /** JDBC URL of the superuser of the embedded Postgres. */
    public String postgresUrl() {
        return "jdbc:postgresql://127.0.0.1:" + new Ports(port).postgres() + "/usance?user=postgres&password="
                + URLEncoder.encode(secret("postgres"), StandardCharsets.UTF_8);
    }

    /** The admin token of the first tenant. */
    public String token() {
        return environment.containsKey("USANCE_TOKEN") ? environment.get("USANCE_TOKEN") : secret("token");
    }

    public Path home() {
        return home;
    }

    public int port() {
        return port;
    }

    /** What somebody at the terminal has seen so far. */
    public String terminal() {
        return read(terminal);
    }

    /** What a process has logged since its start: {@code catalog}, {@code kafka}, {@code postgres} … */
    public String log(String name) {
        return read(home.resolve("logs").resolve(name + ".log"));
    }

    public ProcessHandle launcher() {
        return launcher.toHandle();
    }

    /** The processes that the launcher has started, by name. */
    public Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> processes = new HashMap<>();
        for (String line : read(home.resolve("processes")).lines().toList()) {
            String[] words = line.split(" ", 3);
            ProcessHandle.of(Long.parseLong(words[0])).ifPresent(process -> processes.put(words[2], process));
        }
        return processes;
    }

    /** Kills a process of the stack, as a crash would. */
    public void kill(String name) {
        processes().get(name).destroyForcibly();
    }

    /** Asks the launcher to stop, as Ctrl-C does, and waits for it; returns its exit code. */
    public int stop() {
        launcher.destroy();
        return exitCode();
    }

    /** Waits for the launcher to end. */
    public int exitCode() {
        try {
            if (!launcher.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the launcher does not end:\n" + terminal());
            }
            return launcher.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Stops what runs and removes the folder. */
    @Override
    public void close() {
        if (launcher != null && launcher.isAlive()) {
            stop();
        }
        if (!Files.exists(home)) {
            return;
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walked = Files.walk(home)) {
            walked.sorted(Comparator.reverseOrder()).forEach(files::add);
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String secret(String name) {
        return read(home.resolve("secrets").resolve(name)).strip();
    }

    private static Service service(String name) {
        return Stream.of(Service.values())
                .filter(service -> service.word().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The project's folder: the tests run somewhere below it. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("Makefile"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Where the built services are, unless the run says otherwise the project's folder. */
    static Path applications() {
        return Path.of(System.getProperty("usance.root", ROOT.toString()));
    }
}
