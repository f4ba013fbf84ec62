package io.usance.ingestion.total;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.OldEvents;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lets old events be dropped as soon as nobody needs them to count. */
@ApplicationScoped
class DropCounted {
    // Whoever waits for the lock of a table holds up everybody who comes behind.
    private static final String WAIT_LITTLE = "set local lock_timeout = '2s'";

    @Inject
    Pool pool;

    @Inject
    CountingRepository countings;

    @Inject
    OldEvents events;

    /** Drops some; returns whether there may be more that can be dropped now. */
    Uni<Boolean> dropSome() {
        return pool.withTransaction(connection -> connection
                        .query(WAIT_LITTLE)
                        .execute()
                        .chain(() -> countings.tryHold(connection))
                        .chain(held ->
                                held ? drop(connection) : Uni.createFrom().item(false)))
                .onFailure()
                .recoverWithItem(failure -> {
                    Log.infof("old events stay for now cause=%s", failure.getMessage());
                    return false;
                });
    }

    private Uni<Boolean> drop(SqlConnection connection) {
        return countings
                .filling(connection)
                .chain(filling -> filling.isEmpty()
                        ? events.dropSome(connection)
                        : Uni.createFrom().item(false));
    }
}
