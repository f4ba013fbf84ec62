package io.usance.local;

import io.usance.testkit.PostgresServer;
import io.usance.testkit.Provisioning;
import io.usance.testkit.SigningKeys;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Postgres, Kafka and the services on this machine, each a process of its own.
 *
 * <p>The embedded broker flushes at each acknowledgement and the embedded Postgres at each commit, so what was accepted
 * survives even a power cut.
 */
final class LocalStack {
    /** One read through the gateway for each service that lists something. */
    private static final List<String> FIRST_LOOKS =
            List.of("/v3/openmeter/meters", "/v3/openmeter/customers", "/v3/openmeter/events");

    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(25);

    /** Together with {@link #PLATFORM_STOP_MAX} well under the fifteen seconds that a stop may take. */
    private static final Duration SERVICES_STOP_MAX = Duration.ofSeconds(7);

    private static final Duration PLATFORM_STOP_MAX = Duration.ofSeconds(5);
    private static final int TIMEOUT_MILLIS = 2_000;

    private final Settings settings;
    private final Home home;
    private final Progress progress;
    private final Caches.Flags caches;
    private final Endings endings;
    private final Ports ports;
    private final Leftovers leftovers;
    private final Watchdog watchdog;
    private final Map<Service, Child> services = new LinkedHashMap<>();
    private PostgresServer postgres;
    private Child broker;

    LocalStack(Settings settings, Home home, Progress progress, Caches.Flags caches, Endings endings)
            throws IOException {
        this.settings = settings;
        this.home = home;
        this.progress = progress;
        this.caches = caches;
        this.endings = endings;
        this.ports = new Ports(settings.port());
        this.leftovers = new Leftovers(home);
        this.watchdog = new Watchdog();
    }

    /** Returns when everything answers; the stack is to be stopped also when this fails half way. */
    void start() throws IOException {
        demandBuilt();
        leftovers.clear(progress);
        ports.demandFree(wantedPorts());
        SigningKeys.ensure(home.secrets());

        try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
            var database = CompletableFuture.runAsync(this::startPostgres, background);
            if (settings.kafka().isEmpty()) {
                startBroker();
            }
            startServices(false);
            var topics = CompletableFuture.runAsync(this::makeTopics, background);
            try {
                await(database, "postgres");
                await(topics, "kafka");
            } finally {
                background.shutdownNow();
            }
        }
        startServices(true);
        awaitReady();
    }

    /** Ends the services, then what they stand on; does nothing twice. */
    void stop() {
        services.values().forEach(child -> child.process().destroy());
        long end = System.nanoTime() + SERVICES_STOP_MAX.toNanos();
        services.values().forEach(child -> child.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
        if (broker != null) {
            broker.process().destroy();
        }
        if (postgres != null) {
            var server = postgres.process();
            postgres.close();
            server.ifPresent(process -> new Child("postgres", process, home.logs()).stop(PLATFORM_STOP_MAX));
        }
        if (broker != null) {
            broker.stop(PLATFORM_STOP_MAX);
        }
        watchdog.close();
        try {
            leftovers.forget();
        } catch (IOException failure) {
            progress.step("launcher", "could not tidy up: " + failure.getMessage());
        }
    }

    /** What runs, by the names of the {@link Caches}; the services before what they stand on. */
    Map<String, Child> javaProcesses() {
        Map<String, Child> processes = new LinkedHashMap<>();
        services.forEach((service, child) -> processes.put(service.word(), child));
        if (broker != null) {
            processes.put(Caches.BROKER, broker);
        }
        return processes;
    }

    private void demandBuilt() {
        for (Service service : Service.values()) {
            if (!Files.exists(service.application(settings.root()).resolve("quarkus-run.jar"))) {
                throw new Refusal("The " + service.word() + " service is not built: run make build.");
            }
        }
    }

    private Map<Integer, String> wantedPorts() {
        Map<Integer, String> wanted = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            wanted.put(ports.http(service), service.word());
            wanted.put(ports.management(service), service.word() + "'s health");
        }
        if (settings.kafka().isEmpty()) {
            wanted.put(ports.broker(), "Kafka");
            wanted.put(ports.controller(), "Kafka's controller");
        }
        if (settings.postgres().isEmpty()) {
            wanted.put(ports.postgres(), "Postgres");
        }
        return wanted;
    }

    // ------------------------------------------------------------------------------------------------ the platform

    private void startPostgres() {
        try {
            if (settings.postgres().isPresent()) {
                ForeignPostgres foreign = settings.postgres().get();
                progress.step("postgres", "using " + foreign);
                try (Connection database = foreign.connect()) {
                    makeRoles(database);
                }
                return;
            }
            boolean first = !Files.exists(home.database());
            progress.step("postgres", first ? "unpacking and making a database" : "starting");
            Path log = home.log("postgres");
            postgres = PostgresServer.start(home.database(), ports.postgres(), true, home.secret("postgres", ""), log);
            watched(new Child("postgres", postgres.process().orElseThrow(), log));
            try (Connection server = postgres.connect("postgres")) {
                Provisioning.database(server, Provisioning.DATABASE);
            }
            try (Connection database = postgres.connect(Provisioning.DATABASE)) {
                makeRoles(database);
            }
            progress.step("postgres", "ready on 127.0.0.1:" + ports.postgres());
        } catch (SQLException failure) {
            throw new Refusal("Postgres cannot be used: " + failure.getMessage(), failure);
        } catch (IllegalStateException failure) {
            throw new Refusal(failure.getMessage(), failure);
        } catch (IOException failure) {
            throw new Refusal("Postgres did not start: " + failure.getMessage(), failure);
        }
    }

    private void makeRoles(Connection database) throws SQLException, IOException {
        for (Service service : Service.values()) {
            if (service.hasDatabase()) {
                Provisioning.role(database, service.word(), rolePassword(service));
            }
        }
    }

    private String rolePassword(Service service) throws IOException {
        return home.secret("postgres-" + service.word(), "");
    }

    private void startBroker() throws IOException {
        progress.step("kafka", "starting");
        broker = watched(Child.start(
                "kafka",
                Java.main(
                        Broker.class,
                        caches.of(Caches.BROKER),
                        home.kafka().toString(),
                        "1",
                        String.valueOf(ports.broker()),
                        String.valueOf(ports.controller())),
                Map.of(),
                home.folder(),
                home.log("kafka")));
    }

    private void makeTopics() {
        try {
            if (settings.kafka().isPresent()) {
                progress.step("kafka", "using " + settings.kafka().get());
            } else {
                // Asked before it listens, the client would wait longer than the broker needs.
                until(() -> isListening(ports.broker()));
            }
            Provisioning.topics(kafkaBootstrap());
            progress.step("kafka", "ready on " + kafkaBootstrap());
        } catch (IllegalStateException failure) {
            throw new Refusal("Kafka cannot be used: " + failure.getMessage(), failure);
        }
    }

    private String kafkaBootstrap() {
        return settings.kafka().orElse("127.0.0.1:" + ports.broker());
    }

    // ------------------------------------------------------------------------------------------------- the services

    private void startServices(boolean onThePlatform) throws IOException {
        for (Service service : Service.values()) {
            if (service.hasDatabase() == onThePlatform) {
                Path application = service.application(settings.root());
                progress.step(service.word(), "starting");
                services.put(
                        service,
                        watched(Child.start(
                                service.word(),
                                Java.service(application, service.takesEvents(), caches.of(service.word())),
                                environment(service),
                                home.folder(),
                                home.log(service.word()))));
            }
        }
    }

    private Map<String, String> environment(Service service) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(ports.http(service)));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(ports.management(service)));
        environment.put("USANCE_KAFKA_BOOTSTRAP", kafkaBootstrap());
        environment.put(
                "USANCE_JWT_PUBLIC_KEY_LOCATION",
                SigningKeys.publicKey(home.secrets()).toString());
        for (Service neighbor : Service.values()) {
            environment.put("USANCE_" + neighbor.name() + "_URL", "http://127.0.0.1:" + ports.http(neighbor));
        }
        if (service.hasDatabase()) {
            environment.put(
                    "USANCE_POSTGRES_ADDRESS",
                    settings.postgres().map(ForeignPostgres::address).orElse("127.0.0.1:" + ports.postgres()));
            environment.put(
                    "USANCE_POSTGRES_DATABASE",
                    settings.postgres().map(ForeignPostgres::database).orElse(Provisioning.DATABASE));
            environment.put("USANCE_POSTGRES_PASSWORD", rolePassword(service));
        }
        if (service.signs()) {
            environment.put(
                    "USANCE_JWT_PRIVATE_KEY_LOCATION",
                    SigningKeys.privateKey(home.secrets()).toString());
        }
        if (service.makesFirstTenant()) {
            environment.put("CATALOG_ACCESS_BOOTSTRAP_TOKEN", token());
        }
        return environment;
    }

    /** The admin token of the first tenant. */
    String token() throws IOException {
        return settings.token().isPresent() ? settings.token().get() : home.secret("token", "kpat_");
    }

    /** Ready is what a first user calls ready: the door opens to the token, and each service behind it answers. */
    private void awaitReady() throws IOException {
        for (Service service : services.keySet()) {
            until(() -> isReady(service), service.word());
            progress.step(service.word(), "ready on 127.0.0.1:" + ports.http(service));
        }
        for (String path : FIRST_LOOKS) {
            String address = "http://127.0.0.1:" + settings.port() + path;
            String token = token();
            until(() -> status(address, token) == 200, "gateway");
        }
    }

    private boolean isReady(Service service) {
        return status("http://127.0.0.1:" + ports.management(service) + "/q/health/ready", "") == 200;
    }

    /** Status of a GET, or 0 when nobody answers in time. */
    static int status(String address, String token) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            if (!token.isEmpty()) {
                connection.setRequestProperty("Authorization", "Bearer " + token);
            }
            return connection.getResponseCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    // ------------------------------------------------------------------------------------------------------- waiting

    private Child watched(Child child) throws IOException {
        watchdog.watch(child.process());
        leftovers.record(child);
        endings.watch(child);
        return child;
    }

    private void await(CompletableFuture<Void> work, String what) {
        until(work::isDone, what);
        try {
            work.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof Refusal refusal
                    ? refusal
                    : new Refusal(what + " did not start: " + failure.getCause(), failure);
        }
    }

    /** Waits for something, saying for what when it takes long. */
    private void until(BooleanSupplier condition, String what) {
        long[] silent = {System.nanoTime()};
        until(() -> {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (System.nanoTime() - silent[0] > SILENCE_MAX.toNanos()) {
                progress.step(what, "not ready yet");
                silent[0] = System.nanoTime();
            }
            return false;
        });
    }

    /** Waits for something; gives up when the stack is to end meanwhile, or when it takes too long. */
    private void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            endings.check();
            if (System.nanoTime() - start > READY_MAX.toNanos()) {
                throw new Refusal(
                        "Not ready after " + READY_MAX.toMinutes() + " minutes; the logs are in " + home.logs() + ".");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
