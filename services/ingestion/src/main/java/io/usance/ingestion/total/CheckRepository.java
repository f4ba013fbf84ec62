package io.usance.ingestion.total;

import io.smallrye.mutiny.Uni;
import io.usance.ingestion.total.model.Level;
import io.usance.kernel.time.Period;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Which days' totals were compared with their events, and what came of it. */
@ApplicationScoped
class CheckRepository {
    private static final int RUNS_KEPT_MAX = 100;

    private static final String LAST =
            "select id, begun_at, ended_at is null, events from totals_check order by id desc limit 1";
    private static final String BEGIN = "insert into totals_check (begun_at) values ($1)";
    private static final String FORGET_RUNS =
            "delete from totals_check where id <= (select max(id) from totals_check) - " + RUNS_KEPT_MAX;
    private static final String FORGET_DAYS = "delete from checked_day where day < $1";
    private static final String ADD_DAYS = """
            insert into checked_day (namespace, day) select $1, d from unnest($2::date[]) as d on conflict do nothing
            """;
    // Whatever is in the totals is in those of all subjects by the day.
    private static final String ADD_DAYS_OF_TOTALS = """
            insert into checked_day (namespace, day)
            select distinct c.namespace, (t.starts_at at time zone 'UTC')::date
            from counting c join total t on t.namespace = c.namespace and t.counting_id = c.id
            where c.state = 'live' and t.level = $1 and t.subject = '' and t.starts_at >= $2 and t.starts_at < $3
            on conflict do nothing
            """;
    // What is known to disagree first, then what was never checked, the latest days before others.
    private static final String NEXT_DISAGREEING = """
            select namespace, day from checked_day where disagreeing <> '{}' and checked_at < $1
            order by namespace, day limit 1
            """;
    private static final String NEXT = """
            select namespace, day from checked_day where checked_at is null or checked_at < $1
            order by checked_at nulls first, day desc limit 1
            """;
    private static final String CHECKED = """
            update checked_day set checked_at = $3, disagreeing = $4 where namespace = $1 and day = $2
            """;
    private static final String FORGET_DAY = "delete from checked_day where namespace = $1 and day = $2";
    private static final String COUNT = "update totals_check set days = days + 1, events = events + $2 where id = $1";
    private static final String END = "update totals_check set ended_at = $2 where id = $1";
    private static final String MENDED = """
            update checked_day set disagreeing = array_remove(disagreeing, $2)
            where namespace = $1 and disagreeing <> '{}' and $2 = any(disagreeing)
            """;
    private static final String DISAGREEING =
            "select coalesce(sum(cardinality(disagreeing)), 0) from checked_day where disagreeing <> '{}'";

    /** @param events how many were read so far */
    record Run(long id, Instant begunAt, boolean isOpen, long events) {}

    /** A day of UTC of a tenant. */
    record TenantDay(String namespace, LocalDate day) {}

    /** The check that began last. */
    Uni<Optional<Run>> last(SqlClient client) {
        return client.query(LAST)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Run(
                                row.getLong(0),
                                row.getOffsetDateTime(1).toInstant(),
                                row.getBoolean(2),
                                row.getLong(3)))
                        .findFirst());
    }

    /** Begins a check, and forgets those of long ago. */
    Uni<Void> begin(SqlClient client, Instant at) {
        return client.preparedQuery(BEGIN)
                .execute(Tuple.of(utc(at)))
                .chain(() -> client.query(FORGET_RUNS).execute())
                .replaceWithVoid();
    }

    /** Takes no day before {@code first} into account any more. */
    Uni<Void> forgetBefore(SqlClient client, LocalDate first) {
        return client.preparedQuery(FORGET_DAYS).execute(Tuple.of(first)).replaceWithVoid();
    }

    /** Takes a tenant's {@code days} into account from now on. */
    Uni<Void> add(SqlClient client, String namespace, List<LocalDate> days) {
        return client.preparedQuery(ADD_DAYS)
                .execute(Tuple.of(namespace, days.toArray(LocalDate[]::new)))
                .replaceWithVoid();
    }

    /** Takes the days within {@code period} that have totals, be it without events, into account from now on. */
    Uni<Void> addDaysOfTotals(SqlClient client, Period period) {
        return client.preparedQuery(ADD_DAYS_OF_TOTALS)
                .execute(Tuple.of((int) Level.DAY.seconds(), utc(period.start()), utc(period.end())))
                .replaceWithVoid();
    }

    /** The day whose turn it is in {@code run}; empty if each had its own. */
    Uni<Optional<TenantDay>> next(SqlClient client, Run run) {
        Tuple begun = Tuple.of(utc(run.begunAt()));
        return client.preparedQuery(NEXT_DISAGREEING)
                .execute(begun)
                .chain(found -> found.size() > 0
                        ? Uni.createFrom().item(found)
                        : client.preparedQuery(NEXT).execute(begun))
                .map(CheckRepository::day);
    }

    private static Optional<TenantDay> day(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new TenantDay(row.getString(0), row.getLocalDate(1)))
                .findFirst();
    }

    /**
     * Notes what came of a day.
     *
     * @param events how many were read
     * @param disagreeing the meters whose totals are not what the events give
     */
    Uni<Void> checked(SqlClient client, Run run, TenantDay day, Instant at, long events, List<String> disagreeing) {
        return client.preparedQuery(CHECKED)
                .execute(Tuple.of(day.namespace(), day.day(), utc(at), disagreeing.toArray(String[]::new)))
                .chain(() -> client.preparedQuery(COUNT).execute(Tuple.of(run.id(), events)))
                .replaceWithVoid();
    }

    /** Takes a day into account no longer. */
    Uni<Void> forget(SqlClient client, TenantDay day) {
        return client.preparedQuery(FORGET_DAY)
                .execute(Tuple.of(day.namespace(), day.day()))
                .replaceWithVoid();
    }

    Uni<Void> end(SqlClient client, Run run, Instant at) {
        return client.preparedQuery(END).execute(Tuple.of(run.id(), utc(at))).replaceWithVoid();
    }

    /** A meter's totals are what the events give. */
    Uni<Void> mended(SqlClient client, String namespace, String meterId) {
        return client.preparedQuery(MENDED)
                .execute(Tuple.of(namespace, meterId))
                .replaceWithVoid();
    }

    /** How many days of meters are known to disagree. */
    Uni<Long> disagreeing(SqlClient client) {
        return client.query(DISAGREEING)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
