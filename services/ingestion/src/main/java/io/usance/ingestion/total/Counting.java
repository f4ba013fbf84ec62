package io.usance.ingestion.total;

import io.usance.contracts.catalog.Meter;
import io.usance.ingestion.event.EventBacklog.Bookmark;
import io.usance.ingestion.event.EventBacklog.Entry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The totals of one shape of one meter.
 *
 * @param meter as it was when counting began
 * @param partitions with {@code untilSeqs}: events of these partitions up to these numbers are its history, which is counted
 *     aside; every later event is counted as it comes
 * @param bookmark how far the history is counted
 * @param historyFrom what happened before it is no part of the history; null for no bound
 */
record Counting(
        String namespace,
        long id,
        Meter meter,
        Integer[] partitions,
        Long[] untilSeqs,
        Bookmark bookmark,
        Instant historyFrom) {
    static final Comparator<Counting> ORDER =
            Comparator.comparing(Counting::namespace).thenComparing(Counting::id);

    /** What of {@code entries} is part of the history. */
    List<Entry> ofHistory(List<Entry> entries) {
        return historyFrom == null
                ? entries
                : entries.stream()
                        .filter(entry -> !entry.event().occurredAt().isBefore(historyFrom))
                        .toList();
    }
}
