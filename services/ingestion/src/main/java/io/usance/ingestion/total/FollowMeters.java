package io.usance.ingestion.total;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.EventBacklog;
import io.usance.ingestion.event.EventBacklog.Place;
import io.usance.ingestion.meter.MeterShape;
import io.usance.ingestion.meter.UncountedMeters;
import io.usance.ingestion.meter.UncountedMeters.Uncounted;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Begins to count meters that came or changed, and removes the totals of those that went or changed. */
@ApplicationScoped
class FollowMeters {
    private static final int METERS_MAX = 100;

    @Inject
    Pool pool;

    @Inject
    UncountedMeters meters;

    @Inject
    EventBacklog backlog;

    @Inject
    CountingRepository countings;

    @Inject
    TotalRepository totals;

    /** Takes up what was heard of meters; returns whether there was anything. */
    Uni<Boolean> next() {
        return meters.find(pool, 1)
                .chain(some -> some.isEmpty()
                        ? Uni.createFrom().item(false)
                        : pool.withTransaction(this::follow).replaceWith(true));
    }

    private Uni<Void> follow(SqlConnection connection) {
        return countings
                .hold(connection)
                .chain(() -> backlog.places(connection))
                .chain(places -> meters.find(connection, METERS_MAX)
                        .chain(found -> Multi.createFrom()
                                .iterable(found)
                                .onItem()
                                .transformToUniAndConcatenate(meter -> follow(connection, meter, places))
                                .onItem()
                                .ignoreAsUni()));
    }

    private Uni<Void> follow(SqlConnection connection, Uncounted uncounted, List<Place> places) {
        String namespace = uncounted.namespace();
        String id = uncounted.meter().id();
        String shape = MeterShape.of(uncounted.meter());
        Uni<Void> ended = countings.retire(connection, namespace, id);
        return (uncounted.isLiving()
                        ? ended.chain(() -> countings.begin(connection, namespace, uncounted.meter(), shape, places))
                        : ended)
                .chain(() -> meters.counted(connection, namespace, id, uncounted.isLiving() ? shape : null))
                .invoke(() -> Log.infof(
                        "meter counting %s namespace=%s meter=%s",
                        uncounted.isLiving() ? "began" : "ended", namespace, id));
    }

    /** Removes a part of totals that are not wanted any more; returns whether there was one. */
    Uni<Boolean> cleanSome() {
        return pool.withTransaction(connection -> countings
                .isMine(connection, "clean")
                .chain(mine ->
                        mine ? countings.retired(connection) : Uni.createFrom().item(Optional.<Counting>empty()))
                .chain(retired -> retired.map(counting -> clean(connection, counting))
                        .orElseGet(() -> Uni.createFrom().item(false))));
    }

    private Uni<Boolean> clean(SqlConnection connection, Counting counting) {
        return totals.forgetSome(connection, counting)
                .chain(more -> more ? Uni.createFrom().voidItem() : countings.forget(connection, counting))
                .replaceWith(true);
    }
}
