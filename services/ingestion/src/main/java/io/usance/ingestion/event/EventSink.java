package io.usance.ingestion.event;

import io.usance.ingestion.event.EventBacklog.Entry;
import java.util.List;

/** Hears of events right after they were stored, so that they need not be read again. What it misses is in the table. */
public interface EventSink {
    /**
     * @param afterSeq the number of the partition's last event before these
     * @param entries of one partition, 1 or more, their numbers rising
     */
    void stored(int partition, long afterSeq, List<Entry> entries);
}
