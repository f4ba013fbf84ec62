package io.usance.ingestion.event;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.EventBacklog.Place;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures what is stored and not counted yet, and whether the tables of the coming months are there. Every replica measures
 * the whole, so that it is also known of partitions that nobody has.
 */
@ApplicationScoped
class MeasureBacklog {
    private static final String MONTHS_MISSING = """
            select count(*) from unnest($1::text[]) as wanted(name)
            where not exists (
                select from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'event'::regclass and c.relname = wanted.name)
            """;

    @Inject
    Pool pool;

    @Inject
    EventBacklog backlog;

    @Inject
    EventMonths months;

    @Inject
    MeterRegistry metrics;

    private final Standstill standstill = new Standstill();
    private volatile long monthsMissing;

    void start(@Observes StartupEvent event) {
        Gauge.builder("ingestion.events.uncounted", this::uncounted)
                .description("About how many events are stored and not in the totals; questions read them one by one")
                .register(metrics);
        TimeGauge.builder("ingestion.events.uncounted.age", this::standstillNanos, TimeUnit.NANOSECONDS)
                .description(
                        "For how long counting has not got on although there is something to count, in the partition"
                                + " where that is longest; 0 when everything is counted")
                .register(metrics);
        Gauge.builder("ingestion.months.missing", () -> monthsMissing)
                .description("How many of this month and the next two have no table for their events")
                .register(metrics);
    }

    /** While the database is away nothing is learnt, and the standstill grows. */
    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return backlog.places(pool)
                .invoke(this::look)
                .chain(() -> pool.preparedQuery(MONTHS_MISSING)
                        .execute(Tuple.of(months.soon().toArray(String[]::new))))
                .invoke(rows -> monthsMissing = rows.iterator().next().getLong(0))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> Log.debugf(failure, "the backlog could not be measured"))
                .onFailure()
                .recoverWithNull();
    }

    private synchronized void look(List<Place> places) {
        standstill.look(places, System.nanoTime());
    }

    private synchronized long uncounted() {
        return standstill.uncounted();
    }

    private synchronized long standstillNanos() {
        return standstill.longest(System.nanoTime()).toNanos();
    }
}
