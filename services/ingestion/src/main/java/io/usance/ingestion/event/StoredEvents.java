package io.usance.ingestion.event;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usance.contracts.usage.UsageEvents.UsageEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.PreparedStatement;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads stored events one by one, in no order, without ever holding many of them. */
@ApplicationScoped
public class StoredEvents {
    /** How many events are in memory at a time. */
    private static final int CHUNK = 1_000;

    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";

    @Inject
    Pool pool;

    /** The events as they were at one moment. */
    public interface Snapshot {
        /**
         * Gives every event of {@code range} to {@code fold}, on a worker thread, one after the other. The body is null where
         * the range does not ask for it. What {@code fold} throws ends the reading and is the failure.
         */
        Uni<Void> fold(EventRange range, Consumer<UsageEvent> fold);
    }

    /** Runs {@code work} on one snapshot; the outcome comes on the context of whoever asked. */
    public <T> Uni<T> inSnapshot(Function<Snapshot, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Executor back = currentContext();
            return pool.withTransaction(connection -> connection
                            .query(SNAPSHOT)
                            .execute()
                            .chain(() -> work.apply((range, fold) -> fold(connection, range, fold))))
                    .emitOn(back);
        });
    }

    private static Uni<Void> fold(SqlConnection connection, EventRange range, Consumer<UsageEvent> fold) {
        if (range.subjects() != null && range.subjects().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Object> parameters = new ArrayList<>();
        return connection
                .prepare(sql(range, parameters))
                .chain(statement -> fold(statement, Tuple.tuple(parameters), range, fold)
                        .onTermination()
                        .call(statement::close));
    }

    private static Uni<Void> fold(
            PreparedStatement statement, Tuple parameters, EventRange range, Consumer<UsageEvent> fold) {
        Cursor cursor = statement.cursor(parameters);
        return Multi.createBy()
                .repeating()
                .uni(() -> cursor.read(CHUNK)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(rows -> fold(rows, range.type(), fold)))
                .whilst(rows -> cursor.hasMore())
                .onItem()
                .ignoreAsUni()
                .onTermination()
                .call(cursor::close);
    }

    private static void fold(RowSet<Row> rows, String type, Consumer<UsageEvent> fold) {
        for (Row row : rows) {
            fold.accept(new UsageEvent(
                    row.getString(0),
                    row.getString(1),
                    type,
                    row.getString(2),
                    row.getOffsetDateTime(3).toInstant(),
                    row.getString(4)));
        }
    }

    private static String sql(EventRange range, List<Object> parameters) {
        parameters.add(range.namespace());
        parameters.add(range.type());
        StringBuilder sql = new StringBuilder("select source, id, subject, occurred_at, ")
                .append(range.withBodies() ? "body" : "null::text")
                .append(" from event where namespace = $1 and type = $2");
        if (range.subjects() != null) {
            parameters.add(range.subjects().toArray(String[]::new));
            sql.append(" and subject = any($").append(parameters.size()).append(')');
        }
        if (range.from() != null) {
            parameters.add(EventRepository.utc(range.from()));
            sql.append(" and occurred_at >= $").append(parameters.size());
        }
        if (range.to() != null) {
            parameters.add(EventRepository.utc(range.to()));
            sql.append(" and occurred_at < $").append(parameters.size());
        }
        return sql.toString();
    }

    private static Executor currentContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(nothing -> task.run());
    }
}
