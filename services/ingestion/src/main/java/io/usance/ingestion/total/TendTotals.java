package io.usance.ingestion.total;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.RawEvents;
import io.usance.ingestion.total.CountingRepository.Behind;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Replays and checks totals and measures how far they are, on a thread of its own, so that counting never waits for it. Every
 * replica does, and what one is at is passed over by the others.
 */
@ApplicationScoped
class TendTotals {
    /** A day of a large tenant, or all days of a large meter. */
    private static final Duration STEP_MAX = Duration.ofHours(2);

    private static final Duration STOP_MAX = Duration.ofSeconds(5);
    private static final Duration MEASURE_INTERVAL = Duration.ofSeconds(10);

    @Inject
    Pool pool;

    @Inject
    ReplayTotals replay;

    @Inject
    CheckTotals check;

    @Inject
    CountingRepository countings;

    @Inject
    CheckRepository checks;

    @Inject
    RawEvents events;

    @Inject
    TotalConfig totalConfig;

    @Inject
    ReplayConfig config;

    @Inject
    CheckConfig checkConfig;

    // Read by whoever collects metrics.
    private volatile Behind behind = new Behind(0, 0, 0);
    private volatile long disagreeing;
    private volatile boolean stopped;
    private volatile Thread thread;
    private boolean failing;
    private long measuredNanos;

    TendTotals(MeterRegistry metrics) {
        Gauge.builder("ingestion.countings.filling", () -> behind.filling())
                .description("Meters whose history is still being counted; answers about them are right, and slower")
                .register(metrics);
        Gauge.builder("ingestion.countings.rebuilding", () -> behind.rebuilding())
                .description("Meters that a replay counts a second time")
                .register(metrics);
        Gauge.builder("ingestion.history.pending", () -> behind.events())
                .description("About how many events of their histories are still to be counted")
                .register(metrics);
        Gauge.builder("ingestion.totals.disagreeing", () -> disagreeing)
                .description("Days of meters whose totals were not what the events give when last checked")
                .register(metrics);
        // From the start, or the first of them would not show as an increase.
        List.of("agreeing", "disagreeing", "skipped")
                .forEach(outcome -> metrics.counter("ingestion.checks.days", "outcome", outcome));
        List.of("equal", "different").forEach(outcome -> metrics.counter("ingestion.replays.days", "outcome", outcome));
    }

    void onStart(@Observes StartupEvent event) {
        if (totalConfig.enabled()) {
            start();
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        stop();
    }

    void start() {
        stopped = false;
        measuredNanos = System.nanoTime() - MEASURE_INTERVAL.toNanos();
        thread = Thread.ofPlatform().name("totals-tending").daemon().start(this::run);
    }

    /** Stops after the step that is being done; if that takes too long it is given up, and nothing of it is kept. */
    void stop() {
        stopped = true;
        Thread running = thread;
        if (running == null) {
            return;
        }
        LockSupport.unpark(running);
        try {
            running.join(STOP_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            boolean worked = false;
            try {
                worked = round();
                resumed();
            } catch (RuntimeException failure) {
                paused(failure);
            }
            if (!worked && !stopped) {
                LockSupport.parkNanos(config.pause().toNanos());
            }
        }
    }

    private boolean round() {
        measureNowAndThen();
        boolean worked = await(size());
        worked |= !stopped && await(replay.next());
        worked |= !stopped && checkConfig.enabled() && await(check.next());
        return worked;
    }

    /** Finds out how long the history of a counting is; returns whether there was one of which nobody knew. */
    private Uni<Boolean> size() {
        return countings
                .unsized(pool)
                .chain(unsized -> unsized.map(counting -> events.size(pool, counting.namespace(), counting.eventType())
                                .chain(size -> countings.sized(pool, counting, size))
                                .replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private void measureNowAndThen() {
        if (System.nanoTime() - measuredNanos < MEASURE_INTERVAL.toNanos()) {
            return;
        }
        behind = await(countings.behind(pool));
        disagreeing = await(checks.disagreeing(pool));
        measuredNanos = System.nanoTime();
    }

    private static <T> T await(Uni<T> step) {
        return step.await().atMost(STEP_MAX);
    }

    private void paused(RuntimeException failure) {
        if (!failing && !stopped) {
            failing = true;
            Log.warnf("tending totals paused cause=%s", failure);
        }
    }

    private void resumed() {
        if (failing) {
            failing = false;
            Log.info("tending totals resumed");
        }
    }
}
