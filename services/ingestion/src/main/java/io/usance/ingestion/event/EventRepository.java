package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The table of events. */
@ApplicationScoped
class EventRepository {
    private static final String ADD = """
            insert into event (namespace, source, id, type, subject, occurred_at, ingested_at, stored_at, body)
            select n, s, i, t, j, o, r, $8, b
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[],
                        $9::text[]) as added (n, s, i, t, j, o, r, b)
            on conflict (namespace, source, id) do nothing
            """;
    private static final String COLUMNS =
            "select seq, source, id, type, subject, occurred_at, ingested_at, stored_at, body from event where ";

    @Inject
    Pool pool;

    /** An event that is about to be stored. */
    record Added(String namespace, Instant ingestedAt, UsageEvent event) {}

    /**
     * Stores the events that are not there yet.
     *
     * @param added each identity once; in the order of their identities, so that two that store the same events wait for one
     *     another instead of blocking one another
     * @return how many were new
     */
    Uni<Integer> add(SqlClient client, List<Added> added, Instant storedAt) {
        if (added.isEmpty()) {
            return Uni.createFrom().item(0);
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
                        column(added, row -> row.event().body()))))
                .map(SqlResult::rowCount);
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
