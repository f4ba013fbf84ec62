package io.usance.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.runtime.lamp.Calls;
import io.usance.runtime.lamp.LampPlatform;
import io.usance.testkit.Database;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LampPlatform.class)
class DatabaseDefaultsTest {
    @Inject
    Pool pool;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int connectionsMax;

    @Test
    void a_connection_sees_the_schema_of_its_service_and_no_other() {
        assertThat(show("select current_setting('search_path')")).isEqualTo("runtime");
        assertThat(show("select current_user::text")).isEqualTo("runtime");
        assertThat(show("select array_to_string(current_schemas(false), ',')")).isEqualTo("runtime");
        assertThatThrownBy(() -> show("select count(*)::text from catalog.outbox"))
                .hasStackTraceContaining("permission denied for schema catalog");
    }

    @Test
    void the_database_knows_whose_a_connection_is() {
        assertThat(show("select current_setting('application_name')")).isEqualTo("runtime");
        assertThat(Database.count(
                        "select count(*) from pg_stat_activity where application_name = 'runtime-outbox-relay'"))
                .isEqualTo(1);
    }

    @Test
    void migrations_let_go_of_their_connections() {
        assertThat(Database.count("select count(*) from runtime.flyway_schema_history where success"))
                .isPositive();
        assertThat(Database.count("select count(*) from pg_stat_activity where usename = 'runtime'"
                        + " and application_name like 'PostgreSQL JDBC%'"))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void whoever_finds_no_connection_is_told_so_after_some_seconds() {
        List<SqlConnection> taken = new ArrayList<>();
        try {
            for (int i = 0; i < connectionsMax; i++) {
                taken.add(Calls.call(pool::getConnection));
            }
            Instant before = Instant.now();
            assertThatThrownBy(() -> Calls.call(pool::getConnection)).hasStackTraceContaining("Timeout");
            assertThat(Duration.between(before, Instant.now()))
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(15));
        } finally {
            taken.forEach(connection -> Calls.call(connection::close));
        }
    }

    private String show(String sql) {
        return Calls.call(() -> pool.query(sql).execute()).iterator().next().getString(0);
    }
}
