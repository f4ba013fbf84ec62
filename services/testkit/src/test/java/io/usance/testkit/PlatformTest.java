package io.usance.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.usance.contracts.Topics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void a_role_works_in_its_own_schema_and_can_read_no_other() throws SQLException {
        try (Connection catalog = Database.as("catalog");
                Statement statement = catalog.createStatement()) {
            statement.execute("create table if not exists secret (value text)");
            statement.execute("insert into catalog.secret values ('mine')");
        }
        try (Connection invoicing = Database.as("invoicing");
                Statement statement = invoicing.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("select value from catalog.secret"))
                    .hasMessageContaining("permission denied for schema catalog");
            assertThatThrownBy(() -> statement.execute("create table catalog.mine (value text)"))
                    .hasMessageContaining("permission denied for schema catalog");
            assertThatThrownBy(() -> statement.execute("create table public.mine (value text)"))
                    .hasMessageContaining("permission denied for schema public");
            assertThatThrownBy(() -> statement.execute("set role catalog"))
                    .hasMessageContaining("permission denied to set role");
        }
    }

    @Test
    void a_role_needs_its_password() {
        String url = "jdbc:postgresql://" + Platform.get().postgres().address() + "/" + Provisioning.DATABASE;
        assertThatThrownBy(() -> DriverManager.getConnection(url, "catalog", "guessed"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void provisioning_again_changes_the_password_and_keeps_the_data() throws SQLException {
        String url = "jdbc:postgresql://" + Platform.get().postgres().address() + "/" + Provisioning.DATABASE;
        try (Connection database = Platform.get().postgres().connect(Provisioning.DATABASE)) {
            Provisioning.role(database, "repeated", "first");
            try (Connection repeated = DriverManager.getConnection(url, "repeated", "first");
                    Statement statement = repeated.createStatement()) {
                statement.execute("create table kept as select 1 as value");
            }
            Provisioning.role(database, "repeated", "it's second");
        }
        try (Connection repeated = DriverManager.getConnection(url, "repeated", "it's second");
                Statement statement = repeated.createStatement()) {
            assertThat(statement.executeQuery("select value from repeated.kept").next())
                    .isTrue();
        }
    }

    @Test
    void an_owner_of_a_database_who_is_no_superuser_can_provision_it() throws SQLException {
        PostgresServer postgres = Platform.get().postgres();
        try (Connection server = postgres.connect("postgres");
                Statement statement = server.createStatement()) {
            statement.execute("create role landlord login createrole password 'landlord'");
            statement.execute("create database rented owner landlord");
        }
        String url = "jdbc:postgresql://" + postgres.address() + "/rented";
        try (Connection owner = DriverManager.getConnection(url, "landlord", "landlord")) {
            Provisioning.role(owner, "tenant", "tenant");
            Provisioning.role(owner, "tenant", "tenant");
        }
        try (Connection tenant = DriverManager.getConnection(url, "tenant", "tenant");
                Statement statement = tenant.createStatement()) {
            statement.execute("create table thing (id text)");
        }
        assertThat(Database.column("select rolsuper::text from pg_roles where rolname = 'tenant'"))
                .containsExactly("false");
    }

    @Test
    void topics_can_be_provisioned_again_and_keep_their_partitions() throws Exception {
        String bootstrap = Platform.get().kafka().bootstrap();
        Provisioning.topics(bootstrap);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            var topics = admin.describeTopics(admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .allTopicNames()
                    .get(20, TimeUnit.SECONDS);
            assertThat(topics.get(Topics.EVENTS).partitions()).hasSize(8);
            assertThat(topics.get(Topics.CATALOG).partitions()).hasSize(4);
            assertThat(topics.get(Topics.INVOICING + Topics.DEAD_LETTER_SUFFIX).partitions())
                    .hasSize(1);
        }
    }

    @Test
    void postgres_keeps_its_data_over_a_restart(@TempDir Path folder) throws SQLException {
        Path log = folder.resolve("postgres.log");
        try (PostgresServer first = PostgresServer.start(folder.resolve("data"), 0, true, "p4ss&word", log);
                Connection connection = first.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept as select 1 as value");
        }
        try (PostgresServer second = PostgresServer.start(folder.resolve("data"), 0, true, "p4ss&word", log);
                Connection connection = second.connect("postgres");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("select value from kept").next()).isTrue();
            var durability =
                    statement.executeQuery("select current_setting('fsync'), current_setting('synchronous_commit')");
            durability.next();
            assertThat(durability.getString(1)).isEqualTo("on");
            assertThat(durability.getString(2)).isEqualTo("on");
        }
    }

    @Test
    void a_broker_that_stops_and_starts_again_is_found_at_its_address_with_its_records(@TempDir Path folder) {
        try (KafkaBroker broker = KafkaBroker.start(folder, 0, 0)) {
            String address = broker.bootstrap();
            Provisioning.topics(address);
            broker.close();
            broker.start();
            assertThat(broker.bootstrap()).isEqualTo(address);
            Provisioning.topics(address);
        }
    }

    @Test
    void what_is_published_on_a_topic_can_be_read_from_it() {
        String key = Namespaces.fresh() + "/1";
        Topic.publish(Topics.CATALOG, key, "{}");
        assertThat(Topic.await(Topics.CATALOG, record -> key.equals(record.key()), SOON)
                        .value())
                .isEqualTo("{}");
    }
}
