package io.usance.ingestion.total;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.EventBacklog.Place;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the totals up with what is stored, on a thread of its own. Every replica does, and what one is at is passed over by
 * the others.
 */
@ApplicationScoped
class KeepTotals {
    private static final Duration STEP_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    @Inject
    CountEvents events;

    @Inject
    FollowMeters meters;

    @Inject
    TotalConfig config;

    private volatile boolean stopped;
    private volatile Thread thread;
    private boolean failing;

    void onStart(@Observes StartupEvent event) {
        if (config.enabled()) {
            start();
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        stop();
    }

    void start() {
        stopped = false;
        thread = Thread.ofPlatform().name("totals").start(this::run);
    }

    /** Stops after the portion that is being counted; if that takes too long it is given up, and nothing of it is kept. */
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

    /** One portion of everything that is to be done; returns whether there was anything. */
    private boolean round() {
        boolean worked = await(meters.next());
        for (Place place : await(events.behind())) {
            worked |= !stopped && await(events.next(place.partition())) > 0;
        }
        worked |= !stopped && await(events.nextOfHistory());
        return worked | (!stopped && await(meters.cleanSome()));
    }

    private static <T> T await(Uni<T> step) {
        return step.await().atMost(STEP_MAX);
    }

    private void paused(RuntimeException failure) {
        if (!failing && !stopped) {
            failing = true;
            Log.warnf("counting paused cause=%s", failure);
        }
    }

    private void resumed() {
        if (failing) {
            failing = false;
            Log.info("counting resumed");
        }
    }
}
