package io.usance.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Postgres, Kafka and signing keys of a test run: one of each per JVM, whichever tests and profiles run in it. */
public final class Platform {
    /** Password of every role of a test's Postgres. */
    static final String ROLE_PASSWORD = "test-only";

    private static final List<String> ROLES = List.of("catalog", "subscription", "ingestion", "invoicing", "runtime");

    /** Loggers that tell the life of a broker in hundreds of lines; held, because a forgotten logger forgets its level. */
    private static final List<Logger> TALKATIVE = Stream.of(
                    "kafka", "org.apache.kafka", "state.change.logger", "io.zonky.test", "org.apache.kafka.clients")
            .map(Logger::getLogger)
            .toList();

    private static Platform running;

    private final Path home;
    private final PostgresServer postgres;
    private final KafkaBroker kafka;

    private Platform() {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            home = Files.createTempDirectory("usance-test");
            SigningKeys.ensure(home.resolve("keys"));
            postgres = PostgresServer.start(
                    home.resolve("postgres"), 0, false, ROLE_PASSWORD, home.resolve("postgres.log"));
            kafka = KafkaBroker.start(home.resolve("kafka"), 0, 0);
            try (Connection server = postgres.connect("postgres")) {
                Provisioning.database(server, Provisioning.DATABASE);
            }
            try (Connection database = postgres.connect(Provisioning.DATABASE)) {
                for (String role : ROLES) {
                    Provisioning.role(database, role, ROLE_PASSWORD);
                }
            }
            Provisioning.topics(kafka.bootstrap());
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException("the test platform did not start", failure);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "platform-stop"));
    }

    /** The platform of this JVM, started by whoever asks first. */
    public static synchronized Platform get() {
        if (running == null) {
            running = new Platform();
        }
        return running;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public KafkaBroker kafka() {
        return kafka;
    }

    Path keys() {
        return home.resolve("keys");
    }

    private void stop() {
        kafka.close();
        postgres.close();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
