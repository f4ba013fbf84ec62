package io.usance.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A real Postgres as a child process, from binaries on the class path. Data stays in its folder when it stops. */
public final class PostgresServer implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final String SUPERUSER = "postgres";

    /** Who may come in once the superuser has a password: everybody who knows one, and nobody else. */
    private static final String ACCESS = """
            local all all scram-sha-256
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    private final EmbeddedPostgres postgres;
    private final Path data;
    private final String password;

    private PostgresServer(EmbeddedPostgres postgres, Path data, String password) {
        this.postgres = postgres;
        this.data = data;
        this.password = password;
    }

    /**
     * Starts a server on loopback.
     *
     * @param data kept folder of this server; made if it is missing; binaries are unpacked beside it
     * @param port 0 for a free one
     * @param durable whether a commit is on disk when it returns; tests that do not crash the machine can do without
     * @param password of the superuser; must be the same at every start
     * @param log file that takes what the server says
     * @throws IllegalStateException if it cannot start, saying what to do
     */
    public static PostgresServer start(Path data, int port, boolean durable, String password, Path log) {
        try {
            Files.createDirectories(data.toAbsolutePath().getParent());
            discardHalfMade(data);
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(START_MAX)
                    .setOverrideWorkingDirectory(
                            data.resolveSibling("postgres-binaries").toFile())
                    .setOutputRedirector(Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(Redirect.appendTo(log.toFile()))
                    // The same order of texts on every machine, whatever its language is.
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setConnectConfig("password", password)
                    .setServerConfig("fsync", durable ? "on" : "off")
                    .setServerConfig("synchronous_commit", durable ? "on" : "off")
                    .setServerConfig("full_page_writes", durable ? "on" : "off")
                    .setServerConfig("max_connections", "120")
                    .setServerConfig("shared_buffers", "128MB")
                    // Identities come in no order: after each checkpoint every page they touch is logged as a whole.
                    // More
                    // log between two takes longer to go through after a crash, some 100 MB a second.
                    .setServerConfig("max_wal_size", "3GB")
                    .setServerConfig("checkpoint_timeout", "10min")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("timezone", "UTC");
            if (port != 0) {
                builder.setPort(port);
            }
            PostgresServer server = new PostgresServer(builder.start(), data, password);
            server.lock();
            return server;
        } catch (IOException | SQLException | IllegalStateException failure) {
            throw new IllegalStateException(
                    "The embedded Postgres did not start: " + failure.getMessage()
                            + ". As root it needs user namespaces (unshare -U true must work);"
                            + " run as an ordinary user, or set USANCE_POSTGRES_URL to a Postgres of your own.",
                    failure);
        }
    }

    /** A server that was stopped in the middle of its very first start has no data yet, and would never start again. */
    private static void discardHalfMade(Path data) throws IOException {
        if (!Files.exists(data) || isLocked(data)) {
            return;
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isLocked(Path data) throws IOException {
        Path access = data.resolve("pg_hba.conf");
        return Files.exists(access) && Files.readString(access).equals(ACCESS);
    }

    /** Postgres is made without passwords; from here on it asks for them. */
    private void lock() throws IOException, SQLException {
        if (isLocked(data)) {
            return;
        }
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("alter role " + SUPERUSER + " password " + statement.enquoteLiteral(password));
            Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
            statement.execute("select pg_reload_conf()");
        }
    }

    /** The server's process, for who wants to watch it or to kill it; empty when it has ended. */
    public Optional<ProcessHandle> process() {
        return process(data);
    }

    /** The process that runs on a data folder, whoever started it. */
    public static Optional<ProcessHandle> process(Path data) {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            return lines.findFirst()
                    .filter(line -> line.matches("[0-9]{1,18}"))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                    .filter(process -> process.info().command().orElse("").endsWith("/postgres"));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    public int port() {
        return postgres.getPort();
    }

    /** host:port */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** JDBC URL of the superuser for {@code database}. */
    public String superuserUrl(String database) {
        return "jdbc:postgresql://" + address() + "/" + database + "?user=" + SUPERUSER + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
    }

    /** A superuser's connection to {@code database}. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(superuserUrl(database));
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("Postgres did not stop", failure);
        }
    }
}
