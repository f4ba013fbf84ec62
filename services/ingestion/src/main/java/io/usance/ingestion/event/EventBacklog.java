package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Stored events that are still to be counted, for who keeps totals. */
@ApplicationScoped
public class EventBacklog {
    private static final String NEXT = """
            select namespace, source, id, type, subject, occurred_at, body, seq
            from (
                select *, sum(octet_length(body)) over (order by seq) - octet_length(body) as bytes_before
                from (
                    select namespace, source, id, type, subject, occurred_at, body, seq from event
                    where partition = $1 and seq > $2 and seq <= $5 order by seq limit $3
                ) as next
            ) as measured
            where bytes_before < $4
            order by seq
            """;
    private static final String HISTORY = """
            select namespace, source, id, type, subject, occurred_at, body, seq
            from (
                select *, sum(octet_length(body)) over (order by subject, occurred_at, seq) - octet_length(body)
                    as bytes_before
                from (
                    select namespace, source, id, type, subject, occurred_at, body, seq
                    from event
                    where namespace = $1 and type = $2 and (subject, occurred_at, seq) > ($3, $4::timestamptz, $5)
                      and seq <= coalesce(($6::bigint[])[array_position($7::int[], partition)], 0)
                    order by subject, occurred_at, seq limit $8
                ) as next
            ) as measured
            where bytes_before < $9
            order by subject, occurred_at, seq
            """;

    @Inject
    PositionRepository positions;

    @Inject
    UsageEventRecords records;

    /**
     * A partition of the topic of events.
     *
     * @param lastSeq of the last event of it that is stored
     * @param countedSeq of the last event of it that is counted; everything before it is counted, too
     * @param openFrom no event that is not counted, late ones aside, happened before it; null if there is none
     */
    public record Place(int partition, long lastSeq, long countedSeq, Instant openFrom) {}

    /** @param seq rises within a partition with the order in which events were stored */
    public record Entry(String namespace, UsageEvent event, long seq) {}

    /** How much is read at once: so many events, and after so many bytes no more. */
    public record Portion(int events, long bytes) {}

    /** Where a reading of history goes on: after this event. */
    public record Bookmark(String subject, Instant occurredAt, long seq) {}

    /** All partitions. */
    public Uni<List<Place>> places(SqlClient client) {
        return positions.read(client);
    }

    /** The partitions that this replica stores the events of. */
    public Set<Integer> mine() {
        return records.assigned();
    }

    /** The events of a partition numbered above {@code seq} and up to {@code until}, in the order in which they were stored. */
    public Uni<List<Entry>> next(SqlClient client, int partition, long seq, long until, Portion portion) {
        return client.preparedQuery(NEXT)
                .execute(Tuple.of(partition, seq, portion.events(), portion.bytes(), until))
                .map(EventBacklog::entries);
    }

    /** Notes that the events up to {@code seq} are counted. */
    public Uni<Void> counted(SqlConnection transaction, int partition, long seq) {
        return positions.counted(transaction, partition, seq);
    }

    /** Like {@link #counted(SqlConnection, int, long)}, in a transaction of the blocking driver. */
    public void counted(Connection transaction, int partition, long seq) throws SQLException {
        positions.counted(transaction, partition, seq);
    }

    /**
     * The events of a type that come after {@code bookmark}, by subject and time, as far as they were stored with a number up
     * to that of {@code untilSeqs} for their partition.
     */
    public Uni<List<Entry>> history(
            SqlClient client,
            String namespace,
            String type,
            Bookmark bookmark,
            Integer[] partitions,
            Long[] untilSeqs,
            Portion portion) {
        return client.preparedQuery(HISTORY)
                .execute(Tuple.tuple(List.of(
                        namespace,
                        type,
                        bookmark.subject(),
                        EventRepository.utc(bookmark.occurredAt()),
                        bookmark.seq(),
                        untilSeqs,
                        partitions,
                        portion.events(),
                        portion.bytes())))
                .map(EventBacklog::entries);
    }

    private static List<Entry> entries(RowSet<Row> rows) {
        List<Entry> entries = new ArrayList<>(rows.size());
        for (Row row : rows) {
            UsageEvent event = new UsageEvent(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getOffsetDateTime(5).toInstant(),
                    row.getString(6));
            entries.add(new Entry(row.getString(0), event, row.getLong(7)));
        }
        return entries;
    }
}
