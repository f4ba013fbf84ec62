package io.usance.ingestion.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class MeasureBacklogTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    MeasureBacklog backlog;

    @Inject
    MeterRegistry metrics;

    @Inject
    Clock clock;

    private final Tenant tenant = new Tenant();

    @Test
    void what_is_stored_and_not_counted_is_measured_until_it_is_counted() throws SQLException {
        try (Connection connection = Database.as("ingestion");
                Statement statement = connection.createStatement()) {
            // Nobody counts while somebody holds it.
            statement.execute("select pg_advisory_lock(hashtextextended('ingestion:countings', 0))");
            tenant.accepts(
                    Tenant.event("1", "acme", clock.instant().toString(), "{}"),
                    Tenant.event("2", "acme", clock.instant().toString(), "{}"));
            tenant.awaitStored(2);
            assertThat(measured("ingestion.events.uncounted")).isGreaterThanOrEqualTo(2);
            double age = measured("ingestion.events.uncounted.age");
            Eventually.holds(
                    DEADLINE,
                    () -> assertThat(measured("ingestion.events.uncounted.age")).isGreaterThan(age));
        }
        tenant.awaitCounted();
        Eventually.holds(DEADLINE, () -> {
            assertThat(measured("ingestion.events.uncounted")).isZero();
            assertThat(measured("ingestion.events.uncounted.age")).isZero();
        });
    }

    @Test
    void what_is_counted_is_measured_whether_it_was_added_up_in_memory_or_read() {
        tenant.awaitCounted();
        double before = metrics.counter("ingestion.events.counted").count();
        tenant.accepts(
                Tenant.event("1", "acme", clock.instant().toString(), "{}"),
                Tenant.event("2", "acme", clock.instant().toString(), "{}"));
        tenant.awaitStored(2);
        tenant.awaitCounted();
        Eventually.holds(
                DEADLINE,
                () -> assertThat(metrics.counter("ingestion.events.counted").count() - before)
                        .isEqualTo(2));
    }

    @Test
    void a_month_without_a_table_is_missed_before_it_begins() throws SQLException {
        tenant.accepts(Tenant.event("1", "acme", clock.instant().toString(), "{}"));
        tenant.awaitStored(1);
        assertThat(measured("ingestion.months.missing")).isZero();

        YearMonth month =
                YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).plusMonths(2);
        String table = "ingestion." + EventMonths.table(month);
        try (Connection connection = Database.as("ingestion");
                Statement statement = connection.createStatement()) {
            statement.execute("alter table ingestion.event detach partition " + table);
            try {
                assertThat(measured("ingestion.months.missing")).isEqualTo(1);
            } finally {
                statement.execute("alter table ingestion.event attach partition %s for values from ('%s') to ('%s')"
                        .formatted(
                                table,
                                month.atDay(1) + "T00:00:00Z",
                                month.plusMonths(1).atDay(1) + "T00:00:00Z"));
            }
        }
        assertThat(measured("ingestion.months.missing")).isZero();
    }

    private double measured(String gauge) {
        backlog.measure().await().atMost(DEADLINE);
        return metrics.get(gauge).gauge().value();
    }
}
