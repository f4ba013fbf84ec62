package io.usance.ingestion.total;

import io.quarkus.logging.Log;
import io.usance.ingestion.event.EventBacklog.Entry;
import io.usance.ingestion.event.EventSink;
import io.usance.ingestion.total.Sums.TypeOfTenant;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Adds up events in memory as they are stored, so that they need not be read again and a total that is hit often is written
 * seldom. Nothing depends on it: whatever is lost here is in the table of events, above the number up to which it is counted.
 */
@ApplicationScoped
class CountAhead implements EventSink {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    /** From so many events on that are stored and not added up yet, storing waits. */
    private static final int QUEUED_MAX = 20_000;

    @Inject
    Pool pool;

    @Inject
    CountingRepository countings;

    @Inject
    TotalConfig config;

    private final Executor summing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("count-ahead").factory());
    private Ahead ahead = new Ahead();
    private int queued;

    /** The events of one partition whose numbers are above {@code after}, up to {@code upTo}. */
    record Range(long after, long upTo) {}

    /** Which events were added up, and to what. */
    static final class Ahead {
        private final Map<Integer, Range> ranges = new TreeMap<>();
        private final Sums sums = new Sums();
        private int events;
        private int queued;
        private boolean failed;
        private volatile long size;

        /** By partition. */
        Map<Integer, Range> ranges() {
            return ranges;
        }

        Sums sums() {
            return sums;
        }

        /** How many. */
        int events() {
            return events;
        }
    }

    /** Returns at once, unless much is to be added up already: the next events are stored meanwhile. */
    @Override
    public synchronized void stored(int partition, long afterSeq, List<Entry> entries) {
        if (!config.enabled() || !hasRoom()) {
            return;
        }
        Range range = ahead.ranges.get(partition);
        if (range != null && range.upTo() != afterSeq) {
            // Somebody else has stored meanwhile: what lies between is only in the table.
            ahead = new Ahead();
            range = null;
        }
        Ahead into = ahead;
        into.ranges.put(
                partition,
                new Range(
                        range == null ? afterSeq : range.after(),
                        entries.getLast().seq()));
        into.events += entries.size();
        into.queued += entries.size();
        queued += entries.size();
        summing.execute(() -> sum(into, partition, entries));
    }

    private void sum(Ahead into, int partition, List<Entry> entries) {
        boolean summed = false;
        try {
            learn(into.sums, into.sums.unknown(entries));
            into.sums.add(entries);
            into.size = into.sums.size();
            summed = true;
        } catch (RuntimeException failure) {
            Log.debugf(failure, "events are not counted as they are stored, but later partition=%d", partition);
        } finally {
            done(into, entries.size(), summed);
        }
    }

    private synchronized void done(Ahead into, int events, boolean summed) {
        queued -= events;
        into.queued -= events;
        if (!summed) {
            into.failed = true;
            ahead = into == ahead ? new Ahead() : ahead;
        }
        notifyAll();
    }

    /** By partition, what {@link #take} would give. */
    synchronized Map<Integer, Range> ranges() {
        return Map.copyOf(ahead.ranges);
    }

    /** Whether so much came together that it should be written soon. */
    synchronized boolean isMuch() {
        return ahead.size > config.aheadSizeMax() / 4 * 3;
    }

    /** What was added up; it begins anew. Nothing, if it could not be added up. */
    synchronized Ahead take() {
        Ahead taken = ahead;
        ahead = new Ahead();
        notifyAll();
        while (taken.queued > 0) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return new Ahead();
            }
        }
        return taken.failed ? new Ahead() : taken;
    }

    /** Waits a while for what there is to be taken; what then does not fit is counted later. */
    private boolean hasRoom() {
        long end = System.nanoTime() + config.aheadPatience().toNanos();
        while (ahead.size >= config.aheadSizeMax() || queued >= QUEUED_MAX) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                ahead = new Ahead();
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private void learn(Sums sums, Set<TypeOfTenant> types) {
        if (!types.isEmpty()) {
            Collection<Counting> found = countings.ofTypes(pool, types).await().atMost(ANSWER_MAX);
            sums.know(types, found);
        }
    }
}
