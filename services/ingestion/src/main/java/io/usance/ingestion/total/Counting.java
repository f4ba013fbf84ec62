package io.usance.ingestion.total;

import io.usance.contracts.catalog.Meter;
import io.usance.ingestion.event.EventBacklog.Bookmark;
import java.util.Comparator;

/**
 * The totals of one shape of one meter.
 *
 * @param meter as it was when counting began
 * @param partitions with {@code untilSeqs}: events of these partitions up to these numbers are its history, which is counted
 *     aside; every later event is counted as it comes
 * @param bookmark how far the history is counted
 */
record Counting(String namespace, long id, Meter meter, Integer[] partitions, Long[] untilSeqs, Bookmark bookmark) {
    static final Comparator<Counting> ORDER =
            Comparator.comparing(Counting::namespace).thenComparing(Counting::id);
}
