package io.usance.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service's role has its own schema and nothing else, whatever the service might come to ask for. */
class DatabaseWallsIT {
    private static final String PERMISSION_DENIED = "42501";
    /**
     * The history of migrations, how far a topic was read and counted, from when on events are kept, and when totals were
     * rebuilt and checked.
     */
    private static final Set<String> OF_NO_TENANT = Set.of(
            "flyway_schema_history", "consumer_offset", "event_position", "event_retention", "replay", "totals_check");

    private static final String TABLES = """
            select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname in ('catalog', 'subscription', 'ingestion', 'invoicing') order by 1""";

    private static Stack stack;

    @BeforeAll
    static void take() {
        stack = Stack.shared();
    }

    static List<String> roles() {
        return List.of("catalog", "subscription", "ingestion", "invoicing");
    }

    @Test
    void there_are_four_schemas_with_tables_in_each() throws SQLException {
        assertThat(roles())
                .allSatisfy(role -> assertThat(tables())
                        .filteredOn(table -> table.startsWith(role + "."))
                        .hasSizeGreaterThan(2));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void a_role_reads_and_writes_its_own_tables(String role) throws SQLException {
        List<String> own =
                tables().stream().filter(table -> table.startsWith(role + ".")).toList();

        try (Connection connection = as(role)) {
            for (String table : own) {
                for (String statement : statementsOn(table)) {
                    assertThat(stateAfter(connection, statement)).as(statement).isEqualTo("done");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("roles")
    void a_role_reaches_no_table_of_another_schema(String role) throws SQLException {
        List<String> foreign =
                tables().stream().filter(table -> !table.startsWith(role + ".")).toList();

        try (Connection connection = as(role)) {
            for (String table : foreign) {
                for (String statement : statementsOn(table)) {
                    assertThat(stateAfter(connection, statement)).as(statement).isEqualTo(PERMISSION_DENIED);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("roles")
    void a_role_makes_nothing_outside_its_own_schema(String role) throws SQLException {
        List<String> statements = new ArrayList<>(List.of(
                "create table public.hole (id text)",
                "create schema hole",
                "create role hole",
                "alter role " + role + " superuser",
                "set role postgres"));
        for (String other : roles()) {
            if (!other.equals(role)) {
                statements.add("create table " + other + ".hole (id text)");
                statements.add("set role " + other);
                statements.add("alter role " + other + " password 'known'");
                statements.add("alter schema " + other + " rename to hole");
                statements.add("drop schema " + other + " cascade");
            }
        }

        try (Connection connection = as(role)) {
            for (String statement : statements) {
                assertThat(stateAfter(connection, statement)).as(statement).isNotEqualTo("done");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("roles")
    void a_role_is_nothing_more_than_the_owner_of_its_schema(String role) throws SQLException {
        assertThat(asSuperuser("""
                        select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls from pg_roles
                        where rolname = '%s'""".formatted(role))).containsExactly("f");
        assertThat(asSuperuser("""
                        select m.roleid::regrole::text from pg_auth_members m
                        where m.member = '%1$s'::regrole or (m.roleid = '%1$s'::regrole and m.member <> 10)""".formatted(role))).isEmpty();
        assertThat(asSuperuser("""
                        select nspname from pg_namespace where nspowner = '%s'::regrole""".formatted(role))).containsExactly(role);
        assertThat(asSuperuser("""
                        select distinct relnamespace::regnamespace::text from pg_class
                        where relowner = '%1$s'::regrole and relkind not in ('t', 'i') and relpersistence <> 't'
                        union select pronamespace::regnamespace::text from pg_proc where proowner = '%1$s'::regrole
                        union select datname from pg_database where datdba = '%1$s'::regrole""".formatted(role))).containsExactly(role);
    }

    @Test
    void the_public_schema_is_empty() throws SQLException {
        assertThat(asSuperuser("select relname from pg_class where relnamespace = 'public'::regnamespace"))
                .isEmpty();
    }

    @Test
    void every_table_says_whose_each_row_is() throws SQLException {
        assertThat(tables().stream().filter(table -> !OF_NO_TENANT.contains(table.replaceFirst(".*\\.", ""))))
                .allSatisfy(
                        table -> assertThat(asSuperuser("""
                                select attnotnull from pg_attribute
                                where attrelid = '%s'::regclass and attname = 'namespace'""".formatted(table))).containsExactly("t"));
    }

    /** Statements that need each right but change nothing. */
    private static List<String> statementsOn(String table) {
        return List.of(
                "select * from " + table + " limit 1",
                "insert into " + table + " overriding system value select * from " + table + " where false",
                "delete from " + table + " where false");
    }

    private static List<String> tables() throws SQLException {
        return asSuperuser(TABLES);
    }

    private static Connection as(String role) throws SQLException {
        String address = stack.postgresUrl().replaceFirst("\\?.*$", "");
        try {
            String password = Files.readString(stack.home().resolve("secrets/postgres-" + role))
                    .strip();
            return DriverManager.getConnection(address, role, password);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** {@code done}, or the SQL state that it failed with; undone in either case. */
    private static String stateAfter(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "done";
        } catch (SQLException refused) {
            return refused.getSQLState();
        } finally {
            connection.rollback();
        }
    }

    private static List<String> asSuperuser(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(stack.postgresUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
