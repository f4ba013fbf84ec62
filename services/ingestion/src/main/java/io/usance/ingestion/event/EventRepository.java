package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The table of events. */
@ApplicationScoped
class EventRepository {
    // Late events are written down once more for as long as they are not counted.
    private static final String ADD = """
            with added as (
                insert into event (namespace, source, id, type, subject, occurred_at, ingested_at, stored_at, body,
                                   partition, late)
                select n, s, i, t, j, o, r, $8, b, p, o < $10
                from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[],
                            $7::timestamptz[], $9::text[], $11::int[]) as added (n, s, i, t, j, o, r, b, p)
                on conflict (namespace, source, id) do nothing
                returning namespace, source, id, type, subject, occurred_at, body, partition, seq, late
            ), listed as (
                insert into late_event (namespace, type, subject, occurred_at, partition, seq, source, id, body)
                select namespace, type, subject, occurred_at, partition, seq, source, id, body from added where late
            )
            select partition, count(*), max(seq), min(occurred_at) filter (where not late) from added group by partition
            """;
    private static final String CONFLICTS = """
            select e.namespace, e.source, e.id, count(*) over ()
            from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as came (namespace, source, id, body)
            join event e on e.namespace = came.namespace and e.source = came.source and e.id = came.id
            where e.body <> came.body
            order by 1, 2, 3 limit 1
            """;
    private static final String COLUMNS =
            "select seq, source, id, type, subject, occurred_at, ingested_at, stored_at, body from event where ";

    @Inject
    Pool pool;

    /** An event that is about to be stored. */
    record Added(String namespace, Instant ingestedAt, UsageEvent event, int partition) {}

    /**
     * What was stored of one partition.
     *
     * @param lastSeq the greatest number that was given
     * @param from when the first of those happened that are not late; null if all are
     */
    record Stored(int partition, int count, long lastSeq, Instant from) {}

    /**
     * Stores the events that are not there yet.
     *
     * @param added each identity once; in the order of their identities, so that two that store the same events wait for one
     *     another instead of blocking one another
     * @param lateBefore what happened before it is late
     * @return what was new, by partition
     */
    Uni<List<Stored>> add(SqlClient client, List<Added> added, Instant storedAt, Instant lateBefore) {
        if (added.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return client.preparedQuery(ADD)
                .execute(Tuple.tuple(List.of(
                        column(added, Added::namespace),
                        column(added, row -> row.event().source()),
                        column(added, row -> row.event().id()),
                        column(added, row -> row.event().type()),
                        column(added, row -> row.event().subject()),
                        times(added, row -> row.event().occurredAt()),
                        times(added, Added::ingestedAt),
                        utc(storedAt),
                        column(added, row -> row.event().body()),
                        utc(lateBefore),
                        added.stream().map(Added::partition).toArray(Integer[]::new))))
                .map(EventRepository::stored);
    }

    /**
     * Events that came with the identity of a stored one and other content.
     *
     * @param example one of them; empty if there is none
     */
    record Conflicts(int count, Optional<Identity> example) {
        static final Conflicts NONE = new Conflicts(0, Optional.empty());

        record Identity(String namespace, String source, String id) {}
    }

    /** Which of {@code came} are not what is stored under their identities. */
    Uni<Conflicts> conflicts(SqlClient client, List<Added> came) {
        return client.preparedQuery(CONFLICTS)
                .execute(Tuple.of(
                        column(came, Added::namespace),
                        column(came, row -> row.event().source()),
                        column(came, row -> row.event().id()),
                        column(came, row -> row.event().body())))
                .map(rows -> rows.size() == 0
                        ? Conflicts.NONE
                        : conflicts(rows.iterator().next()));
    }

    private static Conflicts conflicts(Row row) {
        return new Conflicts(
                Math.toIntExact(row.getLong(3)),
                Optional.of(new Conflicts.Identity(row.getString(0), row.getString(1), row.getString(2))));
    }

    /** The rows that {@code filter} takes, in its order. */
    Uni<List<EventRow>> find(EventFilter filter) {
        return pool.preparedQuery(COLUMNS + filter.sql())
                .execute(Tuple.tuple(filter.parameters()))
                .map(EventRepository::rows);
    }

    /** As the database's driver wants an instant. */
    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static List<Stored> stored(RowSet<Row> rows) {
        List<Stored> stored = new ArrayList<>(rows.size());
        for (Row row : rows) {
            OffsetDateTime from = row.getOffsetDateTime(3);
            stored.add(new Stored(
                    row.getInteger(0),
                    Math.toIntExact(row.getLong(1)),
                    row.getLong(2),
                    from == null ? null : from.toInstant()));
        }
        return stored;
    }

    private static List<EventRow> rows(RowSet<Row> rows) {
        List<EventRow> found = new ArrayList<>(rows.size());
        for (Row row : rows) {
            UsageEvent event = new UsageEvent(
                    row.getString("source"),
                    row.getString("id"),
                    row.getString("type"),
                    row.getString("subject"),
                    row.getOffsetDateTime("occurred_at").toInstant(),
                    row.getString("body"));
            found.add(new EventRow(
                    row.getLong("seq"),
                    event,
                    row.getOffsetDateTime("ingested_at").toInstant(),
                    row.getOffsetDateTime("stored_at").toInstant()));
        }
        return found;
    }

    private static String[] column(List<Added> added, Function<Added, String> value) {
        return added.stream().map(value).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<Added> added, Function<Added, Instant> value) {
        return added.stream().map(value).map(EventRepository::utc).toArray(OffsetDateTime[]::new);
    }
}
