package io.usance.ingestion.total;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.usance.ingestion.event.EventBacklog.Bookmark;
import io.usance.ingestion.event.EventBacklog.Place;
import io.usance.ingestion.total.Sums.TypeOfTenant;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Which meters are counted, and how far. */
@ApplicationScoped
class CountingRepository {
    // Everybody who counts holds it together; who begins or ends a counting holds it alone.
    private static final String SHARE =
            "select pg_advisory_xact_lock_shared(hashtextextended('ingestion:countings', 0))";
    private static final String HOLD = "select pg_advisory_xact_lock(hashtextextended('ingestion:countings', 0))";
    private static final String TRY_HOLD =
            "select pg_try_advisory_xact_lock(hashtextextended('ingestion:countings', 0))";
    private static final String TRY = "select pg_try_advisory_xact_lock(hashtextextended('ingestion:' || $1, 0))";
    private static final String COLUMNS =
            "select namespace, id, definition, partitions, until_seqs, at_subject, at_time, at_seq from counting ";
    private static final String OF_TYPES =
            COLUMNS + "where (namespace, event_type) in (select * from unnest($1::text[], $2::text[]))"
                    + " and state <> 'retired'";
    private static final String LIVE =
            COLUMNS + "where namespace = $1 and meter_id = $2 and shape = $3 and state = 'live'";
    private static final String IN_STATE = COLUMNS + "where state = $1 order by namespace, id limit 1";
    private static final String RETIRE =
            "update counting set state = 'retired' where namespace = $1 and meter_id = $2 and state <> 'retired'";
    private static final String BEGIN = """
            insert into counting (namespace, meter_id, shape, event_type, definition, state, partitions, until_seqs)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;
    private static final String MOVE =
            "update counting set at_subject = $3, at_time = $4, at_seq = $5 where namespace = $1 and id = $2";
    private static final String FILLED =
            "update counting set state = 'live' where namespace = $1 and id = $2 and state = 'filling'";
    private static final String FORGET = "delete from counting where namespace = $1 and id = $2";

    @Inject
    ObjectMapper json;

    /** No counting begins or ends until this transaction ends. */
    Uni<Void> share(SqlClient client) {
        return client.query(SHARE).execute().replaceWithVoid();
    }

    /** Waits for all who {@link #share}; nobody counts until this transaction ends. */
    Uni<Void> hold(SqlClient client) {
        return client.query(HOLD).execute().replaceWithVoid();
    }

    /** Like {@link #hold}, but does not wait; returns whether nobody counts until this transaction ends. */
    Uni<Boolean> tryHold(SqlClient client) {
        return client.query(TRY_HOLD)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Whether nobody else does {@code work}, which nobody will until this transaction ends. */
    Uni<Boolean> isMine(SqlClient client, String work) {
        return client.preparedQuery(TRY)
                .execute(Tuple.of(work))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The countings that count events of {@code types}. */
    Uni<List<Counting>> ofTypes(SqlClient client, Collection<TypeOfTenant> types) {
        return client.preparedQuery(OF_TYPES)
                .execute(Tuple.of(
                        types.stream().map(TypeOfTenant::namespace).toArray(String[]::new),
                        types.stream().map(TypeOfTenant::type).toArray(String[]::new)))
                .map(this::countings);
    }

    /** The counting that has everything of a meter of that shape; empty if there is none, or not yet. */
    Uni<Optional<Counting>> live(SqlClient client, String namespace, String meterId, String shape) {
        return client.preparedQuery(LIVE)
                .execute(Tuple.of(namespace, meterId, shape))
                .map(rows -> countings(rows).stream().findFirst());
    }

    /** One of which the history is not counted yet. */
    Uni<Optional<Counting>> filling(SqlClient client) {
        return client.preparedQuery(IN_STATE)
                .execute(Tuple.of("filling"))
                .map(rows -> countings(rows).stream().findFirst());
    }

    /** One that is not wanted any more. */
    Uni<Optional<Counting>> retired(SqlClient client) {
        return client.preparedQuery(IN_STATE)
                .execute(Tuple.of("retired"))
                .map(rows -> countings(rows).stream().findFirst());
    }

    /** Ends what is counted of a meter. */
    Uni<Void> retire(SqlClient client, String namespace, String meterId) {
        return client.preparedQuery(RETIRE)
                .execute(Tuple.of(namespace, meterId))
                .replaceWithVoid();
    }

    /** Begins to count a meter: what is counted in any of {@code places} already is its history. */
    Uni<Void> begin(SqlClient client, String namespace, Meter meter, String shape, List<Place> places) {
        List<Place> history =
                places.stream().filter(place -> place.countedSeq() > 0).toList();
        return client.preparedQuery(BEGIN)
                .execute(Tuple.tuple(List.of(
                        namespace,
                        meter.id(),
                        shape,
                        meter.eventType(),
                        write(meter),
                        history.isEmpty() ? "live" : "filling",
                        history.stream().map(Place::partition).toArray(Integer[]::new),
                        history.stream().map(Place::countedSeq).toArray(Long[]::new))))
                .replaceWithVoid();
    }

    /** Notes how far the history is counted. */
    Uni<Void> move(SqlClient client, Counting counting, Bookmark to) {
        return client.preparedQuery(MOVE)
                .execute(Tuple.of(
                        counting.namespace(),
                        counting.id(),
                        to.subject(),
                        to.occurredAt().atOffset(ZoneOffset.UTC),
                        to.seq()))
                .replaceWithVoid();
    }

    /** Notes that the whole history is counted. */
    Uni<Void> filled(SqlClient client, Counting counting) {
        return client.preparedQuery(FILLED)
                .execute(Tuple.of(counting.namespace(), counting.id()))
                .replaceWithVoid();
    }

    Uni<Void> forget(SqlClient client, Counting counting) {
        return client.preparedQuery(FORGET)
                .execute(Tuple.of(counting.namespace(), counting.id()))
                .replaceWithVoid();
    }

    private List<Counting> countings(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Counting(
                        row.getString(0),
                        row.getLong(1),
                        read(row.getString(2)),
                        row.getArrayOfIntegers(3),
                        row.getArrayOfLongs(4),
                        new Bookmark(row.getString(5), row.getOffsetDateTime(6).toInstant(), row.getLong(7))))
                .toList();
    }

    private String write(Meter meter) {
        try {
            return json.writeValueAsString(meter);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("a known meter is not writable", unwritable);
        }
    }

    private Meter read(String definition) {
        try {
            return json.readValue(definition, Meter.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a counted meter is not readable", unreadable);
        }
    }
}
