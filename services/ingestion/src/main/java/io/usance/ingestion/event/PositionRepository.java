package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.EventBacklog.Place;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** How far the events of each partition are stored, and how far they are counted. Belongs to no tenant. */
@ApplicationScoped
class PositionRepository {
    private static final String LOCK = "select from event_position where partition = $1 for update";
    private static final String READ =
            "select partition, last_seq, counted_seq, open_from from event_position order by partition";
    private static final Pattern NUMBERED = Pattern.compile("\\$(\\d)");

    private static final String FORGET_LATE = "delete from late_event where partition = $1 and seq <= $2";
    private static final String COUNTED = """
            update event_position
            set counted_seq = $2,
                open_from = (select min(occurred_at) from event where partition = $1 and seq > $2 and not late)
            where partition = $1
            """;

    /** All partitions. */
    Uni<List<Place>> read(SqlClient client) {
        return client.query(READ)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PositionRepository::place)
                        .toList());
    }

    /** Notes that the events up to {@code seq} are counted; to be called last, because storing waits from here on. */
    Uni<Void> counted(SqlClient client, int partition, long seq) {
        return client.preparedQuery(FORGET_LATE)
                .execute(Tuple.of(partition, seq))
                // A statement of its own, so that the next one sees what was stored while this one waited.
                .chain(() -> client.preparedQuery(LOCK).execute(Tuple.of(partition)))
                .chain(() -> client.preparedQuery(COUNTED).execute(Tuple.of(partition, seq)))
                .replaceWithVoid();
    }

    /** Like {@link #counted(SqlClient, int, long)}, by the blocking driver. */
    void counted(Connection connection, int partition, long seq) throws SQLException {
        execute(connection, FORGET_LATE, partition, seq);
        execute(connection, LOCK, partition);
        execute(connection, COUNTED, partition, seq);
    }

    /** @param parameters as the statement numbers them */
    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(NUMBERED.matcher(sql).replaceAll("?"))) {
            Matcher places = NUMBERED.matcher(sql);
            for (int at = 1; places.find(); at++) {
                statement.setObject(at, parameters[Integer.parseInt(places.group(1)) - 1]);
            }
            statement.execute();
        }
    }

    private static Place place(Row row) {
        OffsetDateTime openFrom = row.getOffsetDateTime(3);
        return new Place(
                row.getInteger(0), row.getLong(1), row.getLong(2), openFrom == null ? null : openFrom.toInstant());
    }
}
