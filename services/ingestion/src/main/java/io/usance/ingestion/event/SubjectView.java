package io.usance.ingestion.event;

import io.usance.ingestion.event.IngestedEventView.CustomerReference;
import java.time.Instant;

/**
 * A subject that events have come with.
 *
 * @param lastSeenAt the latest time of an event of it that is kept
 * @param customer whose usage it is; null if it is nobody's
 */
record SubjectView(String key, Instant lastSeenAt, CustomerReference customer) {}
