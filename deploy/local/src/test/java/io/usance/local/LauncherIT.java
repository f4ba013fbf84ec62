package io.usance.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.testkit.Eventually;
import io.usance.testkit.KafkaBroker;
import io.usance.testkit.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer meets: the command that starts everything, and everything that can go wrong with it. */
class LauncherIT {
    /** What the system says of a process that a SIGTERM has ended in order. */
    private static final int TERMINATED = 128 + 15;

    private static final Duration STOP_MAX = Duration.ofSeconds(15);
    private static final Duration ORPHANS_MAX = Duration.ofSeconds(20);

    @Test
    void a_ready_stack_says_where_it_is_and_how_to_use_it() {
        Stack stack = Stack.shared();
        List<String> lines = stack.terminal().lines().toList();
        assertThat(lines.getLast()).startsWith("Usance is ready");
        assertThat(lines).anyMatch(line -> line.contains("Console") && line.endsWith(stack.baseUri() + "/"));
        assertThat(lines).anyMatch(line -> line.contains("Token") && line.endsWith(stack.token()));
        assertThat(stack.token()).matches("kpat_[A-Za-z0-9]{40}");
        assertThat(stack.processes().keySet())
                .containsExactlyInAnyOrder(
                        "postgres", "kafka", "gateway", "catalog", "subscription", "ingestion", "invoicing");
    }

    @Test
    void the_secrets_of_a_stack_are_its_owners_alone() throws IOException {
        Path secrets = Stack.shared().home().resolve("secrets");
        try (Stream<Path> files = Files.list(secrets)) {
            assertThat(files.filter(file -> !file.toString().endsWith("jwt-public.pem")))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
    }

    @Test
    void no_service_can_read_the_schema_of_another() throws SQLException {
        Set<String> services = Set.of("catalog", "subscription", "ingestion", "invoicing");
        try (Connection database = DriverManager.getConnection(Stack.shared().postgresUrl());
                Statement statement = database.createStatement()) {
            for (String role : services) {
                for (String schema : services) {
                    var privilege = statement.executeQuery(
                            "select has_schema_privilege('" + role + "', '" + schema + "', 'usage')");
                    privilege.next();
                    assertThat(privilege.getBoolean(1))
                            .as(role + " in " + schema)
                            .isEqualTo(role.equals(schema));
                }
            }
        }
    }

    @Test
    void a_folder_in_use_is_refused_in_one_sentence() {
        Stack second = Stack.shared().again(Map.of()).launch();
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.terminal().lines())
                .singleElement()
                .asString()
                .contains("is in use by another stack (process "
                        + Stack.shared().launcher().pid() + ")")
                .contains("USANCE_HOME");
    }

    @Test
    void a_taken_port_is_refused_in_one_sentence() throws IOException {
        try (Stack stack = Stack.fresh(Map.of());
                ServerSocket other = new ServerSocket(stack.port() + 2, 1, InetAddress.getLoopbackAddress())) {
            stack.launch();
            assertThat(stack.exitCode()).isEqualTo(1);
            assertThat(stack.terminal().lines().toList().getLast())
                    .startsWith("Port " + other.getLocalPort() + " (subscription) is taken")
                    .contains("USANCE_PORT");
            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void a_wrong_setting_is_refused_in_one_sentence() {
        try (Stack stack = Stack.fresh(Map.of("USANCE_TOKEN", "secret")).launch()) {
            assertThat(stack.exitCode()).isEqualTo(1);
            assertThat(stack.terminal())
                    .isEqualToIgnoringNewLines(
                            "USANCE_TOKEN must be kpat_ or spat_ followed by 15 to 250 letters and digits.");
        }
    }

    @Test
    void a_stack_stops_within_fifteen_seconds_and_starts_again_with_its_data_and_token() throws SQLException {
        try (Stack stack = Stack.fresh(Map.of()).started()) {
            String token = stack.token();
            execute(stack, "create table catalog.kept as select 42 as value");
            Collection<ProcessHandle> processes = stack.processes().values();

            long start = System.nanoTime();
            assertThat(stack.stop()).isEqualTo(TERMINATED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(STOP_MAX);
            assertThat(stack.terminal()).endsWith("Usance has stopped.\n");
            assertThat(processes).hasSize(7).noneMatch(ProcessHandle::isAlive);

            stack.started();
            assertThat(stack.token()).isEqualTo(token);
            execute(stack, "drop table catalog.kept");
        }
    }

    @Test
    void a_process_that_dies_is_named_with_its_last_words_and_ends_the_stack() {
        try (Stack stack = Stack.fresh(Map.of()).started()) {
            Collection<ProcessHandle> processes = stack.processes().values();
            String lastWords = stack.log("ingestion").lines().toList().getLast();
            stack.kill("ingestion");
            assertThat(stack.exitCode()).isEqualTo(1);
            assertThat(stack.terminal())
                    .contains("ingestion has ended by itself. The last lines of ")
                    .contains("  | " + lastWords);
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void a_killed_launcher_leaves_no_process_and_the_next_start_works() throws SQLException {
        try (Stack stack = Stack.fresh(Map.of()).started()) {
            execute(stack, "create table catalog.kept as select 42 as value");
            Collection<ProcessHandle> processes = stack.processes().values();
            stack.launcher().destroyForcibly();
            Eventually.holds(ORPHANS_MAX, () -> assertThat(processes).noneMatch(ProcessHandle::isAlive));

            stack.started();
            execute(stack, "drop table catalog.kept");
        }
    }

    @Test
    void a_stack_on_a_foreign_platform_runs_beside_another(@TempDir Path folder) throws SQLException {
        try (PostgresServer postgres =
                        PostgresServer.start(folder.resolve("pg"), 0, false, "s3cret&", folder.resolve("pg.log"));
                KafkaBroker kafka = KafkaBroker.start(folder.resolve("kafka"), 0, 0)) {
            try (Connection server = postgres.connect("postgres");
                    Statement statement = server.createStatement()) {
                statement.execute("create database billing");
            }
            Map<String, String> foreign = Map.of(
                    "USANCE_POSTGRES_URL",
                    "postgresql://postgres:s3cret%26@" + postgres.address() + "/billing",
                    "USANCE_KAFKA_BOOTSTRAP",
                    kafka.bootstrap(),
                    "USANCE_TOKEN",
                    "kpat_chosenByTheOperator");
            try (Stack stack = Stack.fresh(foreign).started()) {
                assertThat(stack.processes().keySet())
                        .containsExactlyInAnyOrder("gateway", "catalog", "subscription", "ingestion", "invoicing");
                assertThat(stack.terminal())
                        .contains("kpat_chosenByTheOperator")
                        .doesNotContain("s3cret");
                assertThat(Stack.shared().launcher().isAlive()).isTrue();
                try (Connection billing = postgres.connect("billing");
                        Statement statement = billing.createStatement()) {
                    var schemas = statement.executeQuery("select count(*) from pg_namespace where nspname in"
                            + " ('catalog', 'subscription', 'ingestion', 'invoicing')");
                    schemas.next();
                    assertThat(schemas.getInt(1)).isEqualTo(4);
                }
            }
        }
    }

    private static void execute(Stack stack, String sql) throws SQLException {
        try (Connection database = DriverManager.getConnection(stack.postgresUrl());
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
