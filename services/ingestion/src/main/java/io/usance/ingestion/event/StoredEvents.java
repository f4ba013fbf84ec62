package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.usance.ingestion.event.EventBacklog.Place;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads stored events one by one, in no order, without ever holding many of them. */
@ApplicationScoped
public class StoredEvents {
    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";

    @Inject
    Pool pool;

    @Inject
    PositionRepository positions;

    /** The events as they were at one moment. */
    public interface Snapshot {
        /**
         * Gives every event of {@code range} to {@code fold}, on a worker thread, one after the other. The body is null where
         * the range does not ask for it. What {@code fold} throws ends the reading and is the failure.
         */
        Uni<Void> fold(EventRange range, Consumer<UsageEvent> fold);

        /** Like {@link #fold}, but only the events that are not in the totals yet. */
        Uni<Void> foldUncounted(EventRange range, Consumer<UsageEvent> fold);

        /** To read other things as they were at the same moment; one after the other. */
        SqlConnection client();
    }

    /** Runs {@code work} on one snapshot; the outcome comes on the context of whoever asked. */
    public <T> Uni<T> inSnapshot(Function<Snapshot, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Executor back = currentContext();
            return pool.withTransaction(connection ->
                            connection.query(SNAPSHOT).execute().chain(() -> work.apply(new AtOneMoment(connection))))
                    .emitOn(back);
        });
    }

    private final class AtOneMoment implements Snapshot {
        private final SqlConnection connection;

        AtOneMoment(SqlConnection connection) {
            this.connection = connection;
        }

        @Override
        public Uni<Void> fold(EventRange range, Consumer<UsageEvent> fold) {
            List<Object> parameters = new ArrayList<>();
            return isEmpty(range)
                    ? Uni.createFrom().voidItem()
                    : read(select("event", range, conditions(range, parameters)), parameters, range, fold);
        }

        @Override
        public Uni<Void> foldUncounted(EventRange range, Consumer<UsageEvent> fold) {
            return isEmpty(range)
                    ? Uni.createFrom().voidItem()
                    : positions.read(connection).chain(places -> foldUncounted(range, places, fold));
        }

        private Uni<Void> foldUncounted(EventRange range, List<Place> places, Consumer<UsageEvent> fold) {
            List<Place> behind = places.stream()
                    .filter(place -> place.lastSeq() > place.countedSeq())
                    .toList();
            if (behind.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            List<Object> parameters = new ArrayList<>();
            String conditions = conditions(range, parameters);
            return read(uncounted(range, conditions, behind, parameters), parameters, range, fold);
        }

        @Override
        public SqlConnection client() {
            return connection;
        }

        private Uni<Void> read(String sql, List<Object> parameters, EventRange range, Consumer<UsageEvent> fold) {
            return RowStream.each(
                    connection, sql, Tuple.tuple(parameters), row -> fold.accept(event(row, range.type())));
        }
    }

    private static UsageEvent event(Row row, String type) {
        return new UsageEvent(
                row.getString(0),
                row.getString(1),
                type,
                row.getString(2),
                row.getOffsetDateTime(3).toInstant(),
                row.getString(4));
    }

    private static boolean isEmpty(EventRange range) {
        return range.subjects() != null && range.subjects().isEmpty();
    }

    /**
     * The events that are not counted yet. Late ones have a table of their own, or a single one would make this look through
     * all the months since. Of some subjects the others are found by their times; of all subjects, by the order in which they
     * were stored.
     */
    private static String uncounted(EventRange range, String conditions, List<Place> behind, List<Object> parameters) {
        parameters.add(behind.stream().map(Place::partition).toArray(Integer[]::new));
        parameters.add(behind.stream().map(Place::countedSeq).toArray(Long[]::new));
        String places = "unnest($%d::int[], $%d::bigint[]) as place (number, counted)"
                .formatted(parameters.size() - 1, parameters.size());
        String open = "exists (select 1 from " + places + " where place.number = partition and seq > place.counted)";
        String late = select("late_event", range, conditions + " and " + open);
        return behind.stream()
                .map(Place::openFrom)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(from -> {
                    parameters.add(EventRepository.utc(from));
                    String recent = conditions + " and not late and occurred_at >= $" + parameters.size();
                    String others = range.subjects() == null
                            ? select(places + " join event on partition = number and seq > counted", range, recent)
                            : select("event", range, recent + " and " + open);
                    return others + " union all " + late;
                })
                .orElse(late);
    }

    private static String select(String from, EventRange range, String conditions) {
        return "select source, id, subject, occurred_at, " + (range.withBodies() ? "body" : "null::text") + " from "
                + from + " where " + conditions;
    }

    private static String conditions(EventRange range, List<Object> parameters) {
        parameters.add(range.namespace());
        parameters.add(range.type());
        StringBuilder sql = new StringBuilder("namespace = $1 and type = $2");
        if (range.subjects() != null) {
            parameters.add(range.subjects().toArray(String[]::new));
            sql.append(" and subject = any($").append(parameters.size()).append(')');
        }
        if (range.from() != null) {
            parameters.add(EventRepository.utc(range.from()));
            sql.append(when(range, ">=", parameters.size()));
        }
        if (range.to() != null) {
            parameters.add(EventRepository.utc(range.to()));
            sql.append(when(range, "<", parameters.size()));
        }
        return sql.toString();
    }

    /** For events of all subjects also as the only index has it that begins with the time. */
    private static String when(EventRange range, String operator, int parameter) {
        String when = " and occurred_at " + operator + " $" + parameter;
        return range.subjects() != null
                ? when
                : when + " and " + EventRepository.LISTED_AT + " " + operator + " ($" + parameter
                        + "::timestamptz at time zone 'UTC')";
    }

    private static Executor currentContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(nothing -> task.run());
    }
}
