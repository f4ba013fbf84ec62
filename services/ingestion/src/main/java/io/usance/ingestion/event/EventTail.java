package io.usance.ingestion.event;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.EventBacklog.Place;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads what is stored, while somebody follows it, and gives it to everybody who does: one reading however many follow. Events
 * of a partition are stored one transaction after the other, so none is stored before one that was read.
 */
@ApplicationScoped
class EventTail {
    private static final long NO_TIMER = -1;

    private static final String READ = """
            select namespace, seq, source, id, type, subject, occurred_at, ingested_at, stored_at, body
            from (select * from event where partition = $1 and seq > $2 and seq <= $3 order by seq limit $4) as latest
            where namespace = any($5)
            order by seq
            """;

    /** The place in a partition from which only so many events are left. */
    private static final String NEAR = """
            select seq from event where partition = $1 and seq > $2 and seq <= $3 order by seq desc offset $4 limit 1
            """;

    /** Who follows the events of a namespace. Called from one reading at a time. */
    interface Follower {
        String namespace();

        /** Events in the order in which they were stored, partition by partition. */
        void take(List<EventRow> rows);

        /** Some events were passed over, because there were too many. */
        void missed();
    }

    @Inject
    Vertx vertx;

    @Inject
    Pool pool;

    @Inject
    PositionRepository positions;

    @Inject
    StreamConfig config;

    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Long> read = new ConcurrentHashMap<>();
    private final AtomicBoolean reading = new AtomicBoolean();
    private long timer = NO_TIMER;

    /** From now on {@code follower} gets what is stored. */
    synchronized Uni<Void> follow(Follower follower) {
        if (timer != NO_TIMER) {
            followers.add(follower);
            return Uni.createFrom().voidItem();
        }
        timer = vertx.setPeriodic(config.pause().toMillis(), tick -> look());
        return positions
                .read(pool)
                .invoke(this::startAt)
                .invoke(() -> followers.add(follower))
                .replaceWithVoid();
    }

    synchronized void leave(Follower follower) {
        followers.remove(follower);
        if (followers.isEmpty() && timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
            read.clear();
        }
    }

    @PreDestroy
    synchronized void stop() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
        }
    }

    private void startAt(List<Place> places) {
        places.forEach(place -> read.put(place.partition(), place.lastSeq()));
    }

    private void look() {
        if (followers.isEmpty() || !reading.compareAndSet(false, true)) {
            return;
        }
        positions
                .read(pool)
                .chain(this::readAll)
                .onTermination()
                .invoke(() -> reading.set(false))
                .subscribe()
                .with(done -> {}, failure -> Log.debugf("stream could not look cause=%s", failure));
    }

    private Uni<Void> readAll(List<Place> places) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Place place : places) {
            long from = read.getOrDefault(place.partition(), 0L);
            if (place.lastSeq() > from) {
                all = all.chain(() -> near(place, from)).chain(start -> read(place, start));
            }
        }
        return all;
    }

    /** Where reading starts: a little before the end when more was stored than anybody can look at. */
    private Uni<Long> near(Place place, long from) {
        return pool.preparedQuery(NEAR)
                .execute(Tuple.of(place.partition(), from, place.lastSeq(), config.eventsPerLookMax()))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return from;
                    }
                    followers.forEach(Follower::missed);
                    return rows.iterator().next().getLong(0);
                });
    }

    private Uni<Void> read(Place place, long from) {
        String[] namespaces =
                followers.stream().map(Follower::namespace).distinct().toArray(String[]::new);
        return pool.preparedQuery(READ)
                .execute(Tuple.of(place.partition(), from, place.lastSeq(), config.eventsPerLookMax(), namespaces))
                .invoke(rows -> {
                    Map<String, List<EventRow>> byNamespace = new HashMap<>();
                    rows.forEach(row -> byNamespace
                            .computeIfAbsent(row.getString("namespace"), name -> new ArrayList<>())
                            .add(EventRepository.row(row)));
                    read.put(place.partition(), place.lastSeq());
                    followers.forEach(follower -> {
                        List<EventRow> own = byNamespace.get(follower.namespace());
                        if (own != null) {
                            follower.take(own);
                        }
                    });
                })
                .replaceWithVoid();
    }
}
