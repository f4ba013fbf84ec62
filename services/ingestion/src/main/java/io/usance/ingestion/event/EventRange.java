package io.usance.ingestion.event;

import io.usance.kernel.time.Period;
import java.time.Instant;
import java.util.Collection;

/**
 * Which events of a namespace are wanted.
 *
 * @param from inclusive; null for no bound
 * @param to exclusive; null for no bound
 * @param subjects null for all; none, if it is empty
 * @param withBodies whether what the events carry is needed, too
 */
public record EventRange(
        String namespace, String type, Instant from, Instant to, Collection<String> subjects, boolean withBodies) {
    /** Those that happened within {@code period}. */
    public EventRange within(Period period) {
        return new EventRange(namespace, type, period.start(), period.end(), subjects, withBodies);
    }
}
