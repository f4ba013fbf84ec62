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
import java.time.Instant;
import java.time.OffsetDateTime;
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
            "select namespace, id, definition, partitions, until_seqs, at_subject, at_time, at_seq, history_from"
                    + " from counting ";
    private static final String OF_TYPES =
            COLUMNS + "where (namespace, event_type) in (select * from unnest($1::text[], $2::text[]))"
                    + " and state <> 'retired'";
    private static final String LIVE =
            COLUMNS + "where namespace = $1 and meter_id = $2 and shape = $3 and state = 'live'";
    // Meters without any totals come before those that are counted a second time.
    private static final String FILLING =
            COLUMNS + "where state in ('filling', 'rebuilding') order by state, namespace, id limit 1";
    private static final String RETIRED = COLUMNS + "where state = 'retired' order by namespace, id limit 1";
    private static final String OF_TENANT = COLUMNS + "where namespace = $1 and state = 'live' order by id";
    private static final String OF_ID = COLUMNS + "where namespace = $1 and id = $2 and state = $3";
    private static final String RETIRE =
            "update counting set state = 'retired' where namespace = $1 and meter_id = $2 and state <> 'retired'";
    private static final String BEGIN = """
            insert into counting (namespace, meter_id, shape, event_type, definition, state, partitions, until_seqs)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;
    private static final String BEGIN_AGAIN = """
            insert into counting (namespace, meter_id, shape, event_type, definition, state, partitions, until_seqs,
                                  history_from)
            select namespace, meter_id, shape, event_type, definition, $3, $4, $5, $6 from counting
            where namespace = $1 and id = $2 and state = 'live'
            returning id
            """;
    private static final String MOVE = """
            update counting
            set at_subject = $3, at_time = $4, at_seq = $5, history_counted = history_counted + $6
            where namespace = $1 and id = $2
            """;
    private static final String FILLED = """
            update counting set state = case state when 'filling' then 'live' else 'rebuilt' end
            where namespace = $1 and id = $2 and state in ('filling', 'rebuilding')
            """;
    private static final String TURN = "update counting set state = $3 where namespace = $1 and id = $2 and state = $4";
    private static final String UNSIZED = """
            select namespace, id, event_type from counting
            where state in ('filling', 'rebuilding') and history_size is null order by state, namespace, id limit 1
            """;
    private static final String SIZED = "update counting set history_size = $3 where namespace = $1 and id = $2";
    private static final String CATCH_UP = """
            select state, history_size, history_counted from counting
            where namespace = $1 and meter_id = $2 and shape = $3 and state in ('live', 'filling')
            order by state desc limit 1
            """;
    private static final String BEHIND = """
            select state, count(*), coalesce(sum(greatest(history_size - history_counted, 0)), 0)::bigint from counting
            where state in ('filling', 'rebuilding') group by state
            """;
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

    /** The countings that have everything of their meters, of one tenant. */
    Uni<List<Counting>> live(SqlClient client, String namespace) {
        return client.preparedQuery(OF_TENANT).execute(Tuple.of(namespace)).map(this::countings);
    }

    /** The counting with that id, if it is {@code live}, {@code rebuilding}, {@code rebuilt}, …, as asked for. */
    Uni<Optional<Counting>> inState(SqlClient client, String namespace, long id, String state) {
        return client.preparedQuery(OF_ID)
                .execute(Tuple.of(namespace, id, state))
                .map(rows -> countings(rows).stream().findFirst());
    }

    /** One of which the history is not counted yet. */
    Uni<Optional<Counting>> filling(SqlClient client) {
        return client.query(FILLING)
                .execute()
                .map(rows -> countings(rows).stream().findFirst());
    }

    /** One that is not wanted any more. */
    Uni<Optional<Counting>> retired(SqlClient client) {
        return client.query(RETIRED)
                .execute()
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

    /**
     * Begins to count a second time what {@code live} counts, to take its place.
     *
     * @param historyFrom a day's start; null to count the whole history
     * @return the new counting's id; empty if {@code live} is not live any more
     */
    Uni<Optional<Long>> beginAgain(SqlClient client, Counting live, List<Place> places, Instant historyFrom) {
        List<Place> history =
                places.stream().filter(place -> place.countedSeq() > 0).toList();
        return client.preparedQuery(BEGIN_AGAIN)
                .execute(Tuple.of(
                        live.namespace(),
                        live.id(),
                        history.isEmpty() ? "rebuilt" : "rebuilding",
                        history.stream().map(Place::partition).toArray(Integer[]::new),
                        history.stream().map(Place::countedSeq).toArray(Long[]::new),
                        historyFrom == null ? null : historyFrom.atOffset(ZoneOffset.UTC)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getLong(0))
                        .findFirst());
    }

    /** The rebuilt counting answers from now on, and the live one is not wanted any more; both as found under {@link #hold}. */
    Uni<Void> swap(SqlClient client, Counting live, Counting rebuilt) {
        return turn(client, live, "live", "retired")
                .chain(() -> turn(client, rebuilt, "rebuilt", "live"))
                .replaceWithVoid();
    }

    /** A second counting is not wanted any more. */
    Uni<Void> giveUp(SqlClient client, Counting rebuilt) {
        return turn(client, rebuilt, "rebuilt", "retired");
    }

    private static Uni<Void> turn(SqlClient client, Counting counting, String from, String to) {
        return client.preparedQuery(TURN)
                .execute(Tuple.of(counting.namespace(), counting.id(), to, from))
                .replaceWithVoid();
    }

    /**
     * Notes how far the history is counted.
     *
     * @param events how many more of its events
     */
    Uni<Void> move(SqlClient client, Counting counting, Bookmark to, int events) {
        return client.preparedQuery(MOVE)
                .execute(Tuple.of(
                        counting.namespace(),
                        counting.id(),
                        to.subject(),
                        to.occurredAt().atOffset(ZoneOffset.UTC),
                        to.seq(),
                        (long) events))
                .replaceWithVoid();
    }

    /** A counting with a history of which nobody knows how long it is. */
    record Unsized(String namespace, long id, String eventType) {}

    /** One that was not sized yet. */
    Uni<Optional<Unsized>> unsized(SqlClient client) {
        return client.query(UNSIZED)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Unsized(row.getString(0), row.getLong(1), row.getString(2)))
                        .findFirst());
    }

    /** Notes about how many events a history has. */
    Uni<Void> sized(SqlClient client, Unsized counting, long events) {
        return client.preparedQuery(SIZED)
                .execute(Tuple.of(counting.namespace(), counting.id(), events))
                .replaceWithVoid();
    }

    /** How far a meter of that shape is from having complete totals; empty if it has them. */
    Uni<Optional<CatchUp>> catchUp(SqlClient client, String namespace, String meterId, String shape) {
        return client.preparedQuery(CATCH_UP)
                .execute(Tuple.of(namespace, meterId, shape))
                .map(rows -> rows.size() == 0
                        ? Optional.of(CatchUp.BEGINNING)
                        : catchUp(rows.iterator().next()));
    }

    private static Optional<CatchUp> catchUp(Row row) {
        Long size = row.getLong(1);
        return row.getString(0).equals("live")
                ? Optional.empty()
                : Optional.of(size == null ? CatchUp.UNKNOWN : CatchUp.of(row.getLong(2), size));
    }

    /**
     * How much history is still to be counted.
     *
     * @param filling countings of meters without complete totals
     * @param rebuilding countings that are to take the place of live ones
     * @param events about how many events are left, over both
     */
    record Behind(long filling, long rebuilding, long events) {}

    /** See {@link Behind}. */
    Uni<Behind> behind(SqlClient client) {
        return client.query(BEHIND).execute().map(rows -> {
            Behind behind = new Behind(0, 0, 0);
            for (Row row : rows) {
                long countings = row.getLong(1);
                boolean isFilling = row.getString(0).equals("filling");
                behind = new Behind(
                        behind.filling() + (isFilling ? countings : 0),
                        behind.rebuilding() + (isFilling ? 0 : countings),
                        behind.events() + row.getLong(2));
            }
            return behind;
        });
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
                        new Bookmark(row.getString(5), row.getOffsetDateTime(6).toInstant(), row.getLong(7)),
                        Optional.ofNullable(row.getOffsetDateTime(8))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null)))
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
