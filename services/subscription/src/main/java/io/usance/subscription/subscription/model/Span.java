package io.usance.subscription.subscription.model;

import java.time.Instant;

/**
 * A stretch of time that may be open.
 *
 * @param start inclusive
 * @param end exclusive; null for no end
 */
public record Span(Instant start, Instant end) {}
