package io.usance.testkit;

import io.usance.contracts.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** What the platform must hold before a service starts: a database with one role and schema per service, and topics. */
public final class Provisioning {
    /** Name of the database that all services share, each in its own schema. */
    public static final String DATABASE = "usance";

    /** The same file that an operator runs on a Postgres of his own. */
    private static final String FUNCTION = resource("/postgres/provision.sql");

    private static final int WAIT_SECONDS_MAX = 60;

    /** Creates the database unless it is there. {@code server} is a superuser's connection to any database. */
    public static void database(Connection server, String name) throws SQLException {
        if (!exists(server, "select 1 from pg_database where datname = ?", name)) {
            execute(server, "create database \"" + name + "\"");
        }
    }

    /**
     * Creates, or brings up to date, a role that can log in and owns a schema of its own name, and can reach nothing else.
     * May be repeated.
     *
     * @param database a connection to the database as a superuser, or as its owner who may create roles
     * @param role lower-case letters, 1 to 40
     */
    public static void role(Connection database, String role, String password) throws SQLException {
        execute(database, FUNCTION);
        try (PreparedStatement statement = database.prepareStatement("select pg_temp.provision(?, ?)")) {
            statement.setString(1, role);
            statement.setString(2, password);
            statement.execute();
        }
    }

    /** Creates the topics that are missing. */
    public static void topics(String bootstrap) {
        // As many copies as the broker's default says: one here, three in a real cluster.
        List<NewTopic> wanted = new ArrayList<>();
        Topics.all(Topics.EVENT_PARTITIONS)
                .forEach(topic ->
                        wanted.add(new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                                .configs(topic.settings())));
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            var there = admin.listTopics().names().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            wanted.removeIf(topic -> there.contains(topic.name()));
            admin.createTopics(wanted).all().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("the topics could not be created on " + bootstrap, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", interrupted);
        }
    }

    private static String resource(String path) {
        try (InputStream in = Provisioning.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(path, failure);
        }
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Provisioning() {}
}
