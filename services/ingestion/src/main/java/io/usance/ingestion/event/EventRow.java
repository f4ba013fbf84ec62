package io.usance.ingestion.event;

import io.usance.contracts.usage.UsageEvents.UsageEvent;
import java.time.Instant;

/**
 * A stored event.
 *
 * @param seq place in the table; rises, with gaps
 * @param ingestedAt when its request came
 * @param storedAt when it was stored, at the earliest: the commit is a little later
 */
record EventRow(long seq, UsageEvent event, Instant ingestedAt, Instant storedAt) {}
