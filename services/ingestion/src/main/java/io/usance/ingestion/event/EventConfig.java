package io.usance.ingestion.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a request with events may hold, and how it is made durable. */
@ConfigMapping(prefix = "ingestion.event")
interface EventConfig {
    /** Most events in one request, at least 1. */
    @WithDefault("10000")
    int batchSizeMax();

    /** Most bytes of one event, written in UTF-8. */
    @WithDefault("262144")
    int eventBytesMax();

    /** How deep objects and arrays in an event's data may be nested; data itself is the first; 1 to 500. */
    @WithDefault("32")
    int dataDepthMax();

    /** How long an accepted request may wait for the broker's acknowledgement before it is answered with 503. */
    @WithDefault("10s")
    Duration acknowledgeTimeout();

    /** How long a client that was answered with 429 or 503 is asked to wait. */
    @WithDefault("2s")
    Duration retryAfter();

    /** Memory for requests that wait for the broker, in bytes, at least 16 MiB; what does not fit is answered with 503. */
    @WithDefault("33554432")
    long bufferBytesMax();

    /**
     * Bytes of the bodies that may be read or wait for the broker at the same time; what comes on top is answered with 503. A
     * body takes several times its size in memory while it is read.
     */
    @WithDefault("16777216")
    long inFlightBytesMax();

    /**
     * How long the oldest accepted request may wait to be stored; while it waits longer, requests are answered with 429. Far
     * below the retention of the topic, or accepted events would be lost.
     */
    @WithDefault("5m")
    Duration lagMax();

    /** From this many events on a transaction is full; the last request in it may bring it above. */
    @WithDefault("10000")
    int storeSizeMax();

    /** From this many bytes of requests on a transaction is full; the last request in it may bring it above. */
    @WithDefault("8388608")
    long storeBytesMax();

    /**
     * What is stored longer than this after it happened is late: it is kept twice until it is in the totals. The longer, the
     * more events a question reads one by one.
     */
    @WithDefault("2m")
    Duration lateAfter();

    /** How long events are kept after they happened; totals are kept for ever. */
    @WithDefault("730d")
    Duration retention();
}
