package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The table of events. */
@ApplicationScoped
class EventRepository {
    /**
     * The time of an event as the index of the list of everybody's events has it. Not the column itself: with it in two indexes Postgres, whose
     * statistics do not know the last minutes, takes both for equally good where a few events of a subject are asked for, and
     * with that of the list it reads everybody's.
     */
    static final String LISTED_AT = "(occurred_at at time zone 'UTC')";

    /** Of a type of which few come, or none, a few are not looked for in all there ever was. */
    private static final int LOOKED_AT_MAX = 10_000;

    private static final String LATEST_OF_TYPE = """
            select seq, source, id, type, subject, occurred_at, ingested_at, stored_at, body
            from (select * from event where namespace = $1
                  order by (occurred_at at time zone 'UTC') desc, seq desc limit %d) as latest
            where type = $2
            order by (occurred_at at time zone 'UTC') desc, seq desc limit $3
            """.formatted(LOOKED_AT_MAX);

    @Inject
    Pool pool;

    /** The rows that {@code filter} takes, in its order. */
    Uni<List<EventRow>> find(EventFilter filter) {
        return pool.preparedQuery(filter.sql())
                .execute(Tuple.tuple(filter.parameters()))
                .map(EventRepository::rows);
    }

    /** The latest events of a type, the newest first; only as far as they are among the latest of all. */
    Uni<List<EventRow>> latestOfType(String namespace, String type, int limit) {
        return pool.preparedQuery(LATEST_OF_TYPE)
                .execute(Tuple.of(namespace, type, limit))
                .map(EventRepository::rows);
    }

    /** As the database's driver wants an instant. */
    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static List<EventRow> rows(RowSet<Row> rows) {
        List<EventRow> found = new ArrayList<>(rows.size());
        rows.forEach(row -> found.add(row(row)));
        return found;
    }

    /** A row with all columns of an event. */
    static EventRow row(Row row) {
        UsageEvent event = new UsageEvent(
                row.getString("source"),
                row.getString("id"),
                row.getString("type"),
                row.getString("subject"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getString("body"));
        return new EventRow(
                row.getLong("seq"),
                event,
                row.getOffsetDateTime("ingested_at").toInstant(),
                row.getOffsetDateTime("stored_at").toInstant());
    }
}
