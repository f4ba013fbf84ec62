package io.usance.ingestion.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.Database;
import io.usance.testkit.PlatformResource;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class OldEventsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    Pool pool;

    @Inject
    EventConfig config;

    @Inject
    Clock clock;

    private final Tenant tenant = new Tenant();

    /** The oldest month that events are kept of now. */
    private final YearMonth oldest =
            YearMonth.from(Instant.now().minus(Duration.ofDays(730)).atOffset(ZoneOffset.UTC));

    private final String inOldest = oldest.atEndOfMonth() + "T23:59:59Z";
    private final String recently = oldest.plusMonths(20).atDay(1) + "T00:00:00Z";

    @Test
    void events_of_a_month_are_in_a_table_of_its_own_and_the_others_together() {
        YearMonth another = oldest.plusMonths(3);
        tenant.accepts(
                Tenant.event("1", "acme", another.atEndOfMonth() + "T23:59:59.999999Z", "{}"),
                Tenant.event("2", "acme", recently, "{}"),
                Tenant.event("3", "acme", "1999-12-31T23:59:59Z", "{}"),
                Tenant.event("4", "acme", "2150-01-01T00:00:00Z", "{}"));
        tenant.awaitStored(4);
        assertThat(Database.column(
                        "select tableoid::regclass::text from ingestion.event where namespace = ? order by id",
                        tenant.namespace()))
                .containsExactly(
                        "ingestion." + EventMonths.table(another),
                        "ingestion." + EventMonths.table(oldest.plusMonths(20)),
                        "ingestion.event_at_other_times",
                        "ingestion.event_at_other_times");
    }

    @Test
    void this_month_and_the_next_two_have_tables_before_anything_happens_in_them() {
        tenant.accepts(Tenant.event("1", "acme", recently, "{}"));
        tenant.awaitStored(1);
        YearMonth now = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
        assertThat(months())
                .contains(
                        EventMonths.table(now),
                        EventMonths.table(now.plusMonths(1)),
                        EventMonths.table(now.plusMonths(2)));
    }

    @Test
    void what_is_older_than_it_is_kept_goes_and_its_totals_and_its_identity_stay() {
        String meter = tenant.meter("sum", "sum", "$.n", Map.of());
        tenant.accepts(
                Tenant.event("old", "acme", inOldest, "{\"n\":5}"),
                Tenant.event("ancient", "acme", "1999-12-31T10:00:00Z", "{\"n\":3}"),
                Tenant.event("recent", "acme", recently, "{\"n\":7}"));
        tenant.awaitStored(3);
        tenant.awaitCounted();

        dropAt(clock.instant());
        assertThat(ids()).containsExactly("old", "recent");
        dropAt(clock.instant().plus(Duration.ofDays(31)));
        assertThat(ids()).containsExactly("recent");
        assertThat(months()).doesNotContain(EventMonths.table(oldest));
        assertThat(value(meter)).isEqualTo("15");

        // It is still known that it came.
        tenant.accepts(
                Tenant.event("old", "acme", inOldest, "{\"n\":5}"),
                Tenant.event("late", "acme", inOldest, "{\"n\":1}"));
        tenant.awaitStored(2);
        tenant.awaitCounted();
        assertThat(ids()).containsExactly("late", "recent");
        assertThat(value(meter)).isEqualTo("16");
        assertThat(Database.count("""
                        select count(*) from ingestion.event_retention
                        where kept_from >= ?::timestamptz""", oldest.plusMonths(1).atDay(1) + "T00:00:00Z"))
                .isEqualTo(1);
    }

    @Test
    void what_is_not_counted_yet_is_not_dropped() throws SQLException {
        try (Connection connection = Database.as("ingestion");
                Statement statement = connection.createStatement()) {
            // Nobody counts while somebody holds it.
            statement.execute("select pg_advisory_lock(hashtextextended('ingestion:countings', 0))");
            tenant.accepts(Tenant.event("old", "acme", inOldest, "{}"));
            tenant.awaitStored(1);
            dropAt(clock.instant().plus(Duration.ofDays(31)));
            assertThat(ids()).containsExactly("old");
        }
        tenant.awaitCounted();
        dropAt(clock.instant().plus(Duration.ofDays(31)));
        assertThat(ids()).isEmpty();
    }

    /** What the service does, as if it were {@code now}. */
    private void dropAt(Instant now) {
        OldEvents events = new OldEvents();
        events.config = config;
        events.clock = Clock.fixed(now, ZoneOffset.UTC);
        while (pool.withTransaction(events::dropSome).await().atMost(DEADLINE)) {
            assertThat(months()).isNotEmpty();
        }
    }

    private String value(String meter) {
        return tenant.answer(meter, "{}").at("/data/0/value").asText();
    }

    private List<String> ids() {
        return Database.column("select id from ingestion.event where namespace = ? order by id", tenant.namespace());
    }

    private static List<String> months() {
        return Database.column("""
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'ingestion.event'::regclass""");
    }
}
