package io.usance.ingestion.event;

import java.time.Instant;
import java.util.List;

/**
 * What has come in within a stretch of time.
 *
 * @param from inclusive
 * @param to exclusive
 * @param events how many
 * @param complete false when there were more than are looked at; then it is all about the latest
 * @param buckets all of the stretch in equal parts, the oldest first
 * @param freshness null without events
 */
record OverviewView(
        Instant from,
        Instant to,
        long events,
        boolean complete,
        int bucketSeconds,
        List<Bucket> buckets,
        Unmatched unmatched,
        Freshness freshness,
        List<TopCustomer> topCustomers,
        List<TopType> topTypes) {

    record Bucket(Instant start, long events) {}

    /**
     * Events that count nowhere, or for nobody.
     *
     * @param noMeter no meter counts their type
     * @param noCustomer their subject is nobody's
     * @param invalidValue a meter cannot take their value, among the latest {@code valuesChecked}
     */
    record Unmatched(long noMeter, long noCustomer, long invalidValue, long valuesChecked) {}

    /**
     * How long it took from the request until an event was in every answer.
     *
     * @param medianMillis of half of the events it took no longer
     * @param p99Millis of all but one in a hundred
     */
    record Freshness(Instant lastStoredAt, long medianMillis, long p99Millis) {}

    record TopCustomer(Customer customer, long events) {}

    record Customer(String id, String key, String name) {}

    record TopType(String type, long events, boolean metered) {}
}
