package io.usance.local;

import io.usance.testkit.Eventually;
import io.usance.testkit.PostgresServer;
import io.usance.testkit.Provisioning;
import io.usance.testkit.SigningKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Usance with replicas, of which a test can kill any part and start it again: two gateways, each before an ingestion replica
 * of its own, the catalog, Postgres, and one broker or several. All of it ends with the test's process, however that ends.
 */
public final class Cluster implements AutoCloseable {
    /** How many gateways there are, and how many ingestion replicas. */
    public static final int REPLICAS = 2;

    /** Generous: a machine that runs tests does other things, too. */
    private static final Duration START_MAX = Duration.ofMinutes(4);

    private static final Duration END_MAX = Duration.ofSeconds(30);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    private static final int ANSWER_SECONDS_MAX = 20;
    private static final AtomicInteger NEXT = new AtomicInteger();

    /** Loggers to which every kill is a mishap that they tell at length; held, because a forgotten logger is told anew. */
    private static final List<Logger> ALARMED = Stream.of("org.apache.kafka", "io.zonky.test")
            .map(Logger::getLogger)
            .toList();

    private final Home home;
    private final Ports ports = Ports.anyFree();
    private final Caches caches = new Caches(Stack.applications());
    private final List<Part> parts = new ArrayList<>();
    private final Postgres postgres = new Postgres();
    private final int brokers;
    private final Thread lastResort = new Thread(this::stop, "cluster-stop");

    private Cluster(int brokers) {
        this.brokers = brokers;
        home = Home.open(Stack.root()
                .resolve("deploy/local/target/chaos/" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet()));
        for (int replica = 0; replica < REPLICAS; replica++) {
            parts.add(new Replica(Kind.GATEWAY, Service.GATEWAY, replica));
            parts.add(new Replica(Kind.INGESTION, Service.INGESTION, replica));
        }
        parts.add(new Replica(Kind.CATALOG, Service.CATALOG, 0));
        IntStream.range(0, brokers).mapToObj(Node::new).forEach(parts::add);
        parts.add(postgres);
    }

    /**
     * A running cluster with an empty folder.
     *
     * @param brokers 1, or 3 that keep three copies of each record, of which two must be there
     */
    public static Cluster start(int brokers) {
        ALARMED.forEach(logger -> logger.setLevel(Level.OFF));
        Cluster cluster = new Cluster(brokers);
        Runtime.getRuntime().addShutdownHook(cluster.lastResort);
        try {
            cluster.start();
            return cluster;
        } catch (RuntimeException | Error | SQLException | IOException failure) {
            cluster.close();
            throw new AssertionError("the cluster did not start, its logs are in " + cluster.logs(), failure);
        }
    }

    /** Where a gateway listens, without a path. */
    public URI gateway(int replica) {
        return URI.create("http://127.0.0.1:" + http(Service.GATEWAY, replica));
    }

    /** The admin token of the first tenant. */
    public String token() {
        return secret("token", "kpat_");
    }

    /** A superuser's connection to the database that all services share. */
    public Connection database() throws SQLException {
        return postgres.server.connect(Provisioning.DATABASE);
    }

    /** All that can be killed. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Waits until every broker has every record; only then can another one be missed. */
    public void awaitCopies() {
        Eventually.holds(START_MAX, () -> {
            try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()))) {
                var topics = admin.listTopics().names().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
                var described = admin.describeTopics(topics).allTopicNames().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
                for (TopicDescription topic : described.values()) {
                    if (topic.partitions().stream()
                            .anyMatch(partition -> partition.isr().size() < brokers)) {
                        throw new AssertionError(topic.name() + " lacks copies");
                    }
                }
            } catch (ExecutionException | TimeoutException failure) {
                throw new AssertionError(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        });
    }

    /** What every process says, a file for each; also what Postgres and the brokers keep is near. */
    public Path logs() {
        return home.logs();
    }

    /** Ends everything; the folder stays, for who wants to know what has happened. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
            home.close();
        } catch (IllegalStateException ending) {
            // The hook runs already.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Removes the folder of a closed cluster. */
    public void discard() {
        try (Stream<Path> files = Files.walk(home.folder())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    // ------------------------------------------------------------------------------------------------------- its parts

    /** Kinds of parts that can be killed. */
    public enum Kind {
        GATEWAY,
        INGESTION,
        CATALOG,
        BROKER,
        POSTGRES
    }

    /** Something that can be killed: one process, or those of Postgres. */
    public abstract static sealed class Part permits JavaPart, Postgres {
        private final Kind kind;
        private final int number;
        private Watchdog watchdog;

        private Part(Kind kind, int number) {
            this.kind = kind;
            this.number = number;
        }

        public Kind kind() {
            return kind;
        }

        /** Which one of its kind it is, from 0 on. */
        public int number() {
            return number;
        }

        /** Starts it with the data it had, without waiting until it is of use. */
        public abstract void start();

        /** Ends it without warning, by SIGKILL, and returns when nothing of it is left. */
        public abstract void kill();

        /** Ends it in order; does nothing if it does not run. */
        abstract void stop();

        /** A watchdog for each process: one that is gone must not be killed again, its number may be another's by then. */
        final void watch(ProcessHandle process) throws IOException {
            watchdog = new Watchdog();
            watchdog.watch(process);
        }

        final void unwatch() {
            if (watchdog != null) {
                watchdog.close();
                watchdog = null;
            }
        }

        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + "-" + number;
        }
    }

    private abstract static sealed class JavaPart extends Part permits Replica, Node {
        private Child child;

        JavaPart(Kind kind, int number) {
            super(kind, number);
        }

        abstract Child launch() throws IOException;

        @Override
        public synchronized void start() {
            try {
                child = launch();
                watch(child.process());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public synchronized void kill() {
            child.process().destroyForcibly();
            demandEnd(this, child.process());
            unwatch();
        }

        @Override
        synchronized void stop() {
            if (child != null) {
                child.stop(STOP_MAX);
            }
            unwatch();
        }
    }

    private final class Replica extends JavaPart {
        private final Service service;

        Replica(Kind kind, Service service, int number) {
            super(kind, number);
            this.service = service;
        }

        @Override
        Child launch() throws IOException {
            return Child.start(
                    toString(),
                    Java.service(
                            service.application(Stack.applications()),
                            service.takesEvents(),
                            caches.flags(service.word())),
                    environment(service, number()),
                    home.folder(),
                    log(this));
        }
    }

    private final class Node extends JavaPart {
        Node(int number) {
            super(Kind.BROKER, number);
        }

        @Override
        Child launch() throws IOException {
            List<String> arguments = new ArrayList<>();
            arguments.add(home.kafka().resolve(toString()).toString());
            arguments.add(String.valueOf(number() + 1));
            for (int node = 0; node < brokers; node++) {
                arguments.add(String.valueOf(broker(node)));
                arguments.add(String.valueOf(broker(node) + 1));
            }
            return Child.start(
                    toString(),
                    Java.main(Broker.class, List.of(), arguments.toArray(String[]::new)),
                    Map.of(),
                    home.folder(),
                    log(this));
        }
    }

    private final class Postgres extends Part {
        private volatile PostgresServer server;

        Postgres() {
            super(Kind.POSTGRES, 0);
        }

        @Override
        public synchronized void start() {
            try {
                server = PostgresServer.start(home.database(), postgresPort(), true, secret("postgres", ""), log(this));
                watch(server.process().orElseThrow());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** Kills the one process that started the others; they find out and end by themselves, in the middle of it all. */
        @Override
        public synchronized void kill() {
            ProcessHandle postmaster = server.process().orElseThrow();
            List<ProcessHandle> sessions = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            demandEnd(this, postmaster);
            sessions.forEach(session -> demandEnd(this, session));
            unwatch();
            server.close();
        }

        @Override
        synchronized void stop() {
            if (server != null) {
                server.close();
            }
            unwatch();
        }
    }

    private static void demandEnd(Part part, ProcessHandle process) {
        Eventually.holds(END_MAX, () -> {
            if (process.isAlive()) {
                throw new AssertionError(part + " outlives its end, process " + process.pid());
            }
        });
    }

    // -------------------------------------------------------------------------------------------------- start and stop

    private void start() throws SQLException, IOException {
        SigningKeys.ensure(home.secrets());
        of(Kind.BROKER).forEach(Part::start);
        of(Kind.GATEWAY).forEach(Part::start);
        postgres.start();
        try (Connection server = postgres.server.connect("postgres")) {
            Provisioning.database(server, Provisioning.DATABASE);
        }
        try (Connection database = database()) {
            for (Service service : List.of(Service.CATALOG, Service.INGESTION)) {
                Provisioning.role(database, service.word(), secret("postgres-" + service.word(), ""));
            }
        }
        awaitBrokers();
        Provisioning.topics(bootstrap());
        of(Kind.CATALOG).forEach(Part::start);
        of(Kind.INGESTION).forEach(Part::start);
        for (int replica = 0; replica < REPLICAS; replica++) {
            for (String path : List.of("/v3/openmeter/meters", "/v3/openmeter/events")) {
                String address = gateway(replica) + path;
                Eventually.holds(START_MAX, () -> demandAnswer(address));
            }
        }
    }

    private void stop() {
        for (Kind kind : Kind.values()) {
            of(kind).parallel().forEach(Part::stop);
        }
    }

    private Stream<Part> of(Kind kind) {
        return parts.stream().filter(part -> part.kind() == kind);
    }

    private void demandAnswer(String address) {
        int status = LocalStack.status(address, token());
        if (status != 200) {
            throw new AssertionError(address + " answers with " + status);
        }
    }

    private void awaitBrokers() {
        Eventually.holds(START_MAX, () -> {
            try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()))) {
                int there = admin.describeCluster()
                        .nodes()
                        .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                        .size();
                if (there < brokers) {
                    throw new AssertionError("only " + there + " of " + brokers + " brokers are there");
                }
            } catch (ExecutionException | TimeoutException failure) {
                throw new AssertionError(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        });
    }

    private Map<String, String> environment(Service service, int replica) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(http(service, replica)));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(http(service, replica) + 1));
        environment.put("USANCE_KAFKA_BOOTSTRAP", bootstrap());
        environment.put(
                "USANCE_JWT_PUBLIC_KEY_LOCATION",
                SigningKeys.publicKey(home.secrets()).toString());
        for (Service neighbor : Service.values()) {
            environment.put("USANCE_" + neighbor.name() + "_URL", "http://127.0.0.1:" + http(neighbor, replica));
        }
        environment.put("USANCE_POSTGRES_ADDRESS", "127.0.0.1:" + postgresPort());
        environment.put("USANCE_POSTGRES_DATABASE", Provisioning.DATABASE);
        environment.put("USANCE_POSTGRES_PASSWORD", secret("postgres-" + service.word(), ""));
        environment.put(
                "USANCE_JWT_PRIVATE_KEY_LOCATION",
                SigningKeys.privateKey(home.secrets()).toString());
        if (service.makesFirstTenant()) {
            environment.put("CATALOG_ACCESS_BOOTSTRAP_TOKEN", token());
        }
        return environment;
    }

    // ----------------------------------------------------------------------------------------------------------- ports

    /** Each has the next one for its health; nobody listens on those of services that a cluster does without. */
    private int http(Service service, int replica) {
        return ports.first()
                + switch (service) {
                    case GATEWAY -> 2 * replica;
                    case INGESTION -> 4 + 2 * replica;
                    case CATALOG -> 8;
                    case SUBSCRIPTION -> 10;
                    case INVOICING -> 12;
                };
    }

    /** Each has the next one for its controller. */
    private int broker(int node) {
        return ports.first() + 14 + 2 * node;
    }

    private int postgresPort() {
        return ports.first() + 20;
    }

    private String bootstrap() {
        return IntStream.range(0, brokers)
                .mapToObj(node -> "127.0.0.1:" + broker(node))
                .collect(Collectors.joining(","));
    }

    private Path log(Part part) {
        return home.logs().resolve(part + ".log");
    }

    private String secret(String name, String prefix) {
        try {
            return home.secret(name, prefix);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
