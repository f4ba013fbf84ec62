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

/**
 * Adds up events in memory as they are stored, so that they need not be read again and a total that is hit often is written
 * seldom. Nothing depends on it: whatever is lost here is in the table of events, above the number up to which it is counted.
 */
@ApplicationScoped
class CountAhead implements EventSink {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    @Inject
    Pool pool;

    @Inject
    CountingRepository countings;

    @Inject
    TotalConfig config;

    private Ahead ahead = new Ahead();

    /** The events of one partition whose numbers are above {@code after}, up to {@code upTo}. */
    record Range(long after, long upTo) {}

    /** Which events were added up, and to what. */
    static final class Ahead {
        private final Map<Integer, Range> ranges = new TreeMap<>();
        private final Sums sums = new Sums();
        private int events;

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
        try {
            learn(ahead.sums.unknown(entries));
            ahead.sums.add(entries);
            long after = range == null ? afterSeq : range.after();
            ahead.ranges.put(partition, new Range(after, entries.getLast().seq()));
            ahead.events += entries.size();
        } catch (RuntimeException failure) {
            Log.debugf(failure, "events are not counted as they are stored, but later partition=%d", partition);
            ahead = new Ahead();
        }
    }

    /** By partition, what {@link #take} would give. */
    synchronized Map<Integer, Range> ranges() {
        return Map.copyOf(ahead.ranges);
    }

    /** Whether so much came together that it should be written soon. */
    synchronized boolean isMuch() {
        return ahead.sums.size() > config.aheadSizeMax() / 2;
    }

    /** What was added up; it begins anew. */
    synchronized Ahead take() {
        Ahead taken = ahead;
        ahead = new Ahead();
        notifyAll();
        return taken;
    }

    /** Waits a while for what there is to be taken; what then does not fit is counted later. */
    private boolean hasRoom() {
        long end = System.nanoTime() + config.aheadPatience().toNanos();
        while (ahead.sums.size() >= config.aheadSizeMax()) {
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

    private void learn(Set<TypeOfTenant> types) {
        if (!types.isEmpty()) {
            Collection<Counting> found = countings.ofTypes(pool, types).await().atMost(ANSWER_MAX);
            ahead.sums.know(types, found);
        }
    }
}
