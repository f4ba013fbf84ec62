package io.usance.ingestion.event;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.PreparedStatement;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.function.Consumer;

/** Reads rows one by one without ever holding many of them. */
public final class RowStream {
    /** How many rows are in memory at a time. */
    private static final int CHUNK = 1_000;

    /**
     * Gives every row of {@code sql} to {@code take}, on a worker thread, one after the other. What that throws ends the
     * reading and is the failure.
     *
     * @param connection in a transaction
     */
    public static Uni<Void> each(SqlConnection connection, String sql, Tuple parameters, Consumer<Row> take) {
        return connection
                .prepare(sql)
                .chain(statement ->
                        each(statement, parameters, take).onTermination().call(statement::close));
    }

    private static Uni<Void> each(PreparedStatement statement, Tuple parameters, Consumer<Row> take) {
        Cursor cursor = statement.cursor(parameters);
        return Multi.createBy()
                .repeating()
                .uni(() -> cursor.read(CHUNK)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(rows -> rows.forEach(take)))
                .whilst(rows -> cursor.hasMore())
                .onItem()
                .ignoreAsUni()
                .onTermination()
                .call(cursor::close);
    }

    private RowStream() {}
}
