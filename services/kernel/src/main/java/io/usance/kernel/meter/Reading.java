package io.usance.kernel.meter;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one event gives to one meter.
 *
 * @param number the value as a number; null if it has none
 * @param text the value as text, for counting different ones; null if there is none
 * @param occurredAt the event's time
 * @param source the event's source, with {@code id} its identity
 */
public record Reading(BigDecimal number, String text, Instant occurredAt, String source, String id) {}
