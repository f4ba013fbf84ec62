package io.usance.ingestion.total;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.usance.ingestion.event.EventBacklog;
import io.usance.ingestion.event.EventBacklog.Place;
import io.usance.ingestion.total.CountAhead.Range;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the totals up with what is stored, on a thread of its own. Every replica does, for the
 * partitions whose events it stores.
 */
@ApplicationScoped
class KeepTotals {
    private static final Duration STEP_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    /** How many times as long as a writing took it is waited until the next. */
    private static final int STRIDE_TO_WRITING = 8;

    @Inject
    CountEvents events;

    @Inject
    CountAhead ahead;

    @Inject
    WriteAhead writeAhead;

    @Inject
    DropCounted old;

    @Inject
    EventBacklog backlog;

    @Inject
    FollowMeters meters;

    @Inject
    TotalConfig config;

    private volatile boolean stopped;
    private volatile Thread thread;
    private boolean failing;
    private long nextWriting = System.nanoTime();
    private long nextDropping = System.nanoTime();
    private long lastWriting;
    private Map<Integer, Range> waiting = Map.of();
    private long waitingSince;
    private final Map<Integer, Seen> seen = new HashMap<>();

    /** How far a partition was counted, and when that was first seen. */
    private record Seen(long countedSeq, long nanos) {}

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
        worked |= count();
        worked |= !stopped && await(events.nextOfHistory());
        worked |= !stopped && await(meters.cleanSome());
        return worked | (!stopped && dropOld());
    }

    private boolean dropOld() {
        if (System.nanoTime() - nextDropping < 0) {
            return false;
        }
        if (await(old.dropSome())) {
            return true;
        }
        nextDropping = System.nanoTime() + config.dropInterval().toNanos();
        return false;
    }

    private boolean count() {
        boolean worked = false;
        boolean allRead = true;
        Map<Integer, Range> ranges = ahead.ranges();
        for (Place place : await(events.places())) {
            Range range = ranges.get(place.partition());
            long until = range == null ? place.lastSeq() : range.after();
            if (place.countedSeq() == place.lastSeq()) {
                seen.remove(place.partition());
            }
            if (!stopped && place.countedSeq() < until && isMine(place)) {
                worked |= await(events.next(place.partition(), until)) > 0;
                allRead = false;
            }
        }
        if (allRead && !stopped && !ranges.isEmpty() && isTimeToWrite(ranges)) {
            write();
            worked = true;
        }
        return worked;
    }

    /** Also when it has been quiet for a while, longer if a writing takes long: nobody is held up by one then. */
    private boolean isTimeToWrite(Map<Integer, Range> ranges) {
        long now = System.nanoTime();
        if (!ranges.equals(waiting)) {
            waiting = ranges;
            waitingSince = now;
        }
        return now - nextWriting >= 0 || ahead.isMuch() || now - waitingSince >= lastWriting / STRIDE_TO_WRITING;
    }

    /** What takes long is done seldom, so that it never takes more than a small part of the database's time. */
    private void write() {
        long start = System.nanoTime();
        try {
            if (!writeAhead.write(ahead.take())) {
                Log.debug("what was added up does not fit and is counted by reading");
            }
        } finally {
            long end = System.nanoTime();
            lastWriting = end - start;
            long stride =
                    Math.min(lastWriting * STRIDE_TO_WRITING, config.strideMax().toNanos());
            nextWriting = end + Math.max(stride, config.pause().toNanos());
        }
    }

    /** Whether the partition is this replica's, or nobody's as it seems. */
    private boolean isMine(Place place) {
        Seen now = new Seen(place.countedSeq(), System.nanoTime());
        Seen since = seen.merge(
                place.partition(), now, (before, after) -> before.countedSeq() == after.countedSeq() ? before : after);
        return backlog.mine().contains(place.partition())
                || now.nanos() - since.nanos() > config.orphanAfter().toNanos();
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
