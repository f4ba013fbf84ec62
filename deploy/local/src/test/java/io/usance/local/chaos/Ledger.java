package io.usance.local.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;

/** What the producers have sent, and what of it was acknowledged. */
final class Ledger {
    private static final int UNSENT = Integer.MIN_VALUE;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final int[] sentAfterMillis;
    private final BitSet acknowledged = new BitSet();

    /** Conflicting events of which the other content was acknowledged before the first. */
    private final BitSet otherFirst = new BitSet();

    private int deliveries;
    private int duplicates;
    private int conflicting;
    private int requests;
    private int attempts;

    Ledger(int events) {
        sentAfterMillis = new int[events];
        Arrays.fill(sentAfterMillis, UNSENT);
    }

    Instant start() {
        return start;
    }

    /** The time around which an event happens: that of its first delivery, which is now if there was none. */
    synchronized Instant around(int number) {
        if (sentAfterMillis[number] == UNSENT) {
            sentAfterMillis[number] =
                    Math.toIntExact(Duration.between(start, Instant.now()).toMillis());
        }
        return start.plusMillis(sentAfterMillis[number]);
    }

    synchronized void attempted() {
        attempts++;
    }

    /** A request was answered with 202. */
    synchronized void acknowledged(Traffic traffic, int from, int to) {
        requests++;
        for (int place = from; place < to; place++) {
            int number = traffic.number(place);
            deliveries++;
            if (!acknowledged.get(number)) {
                acknowledged.set(number);
                otherFirst.set(number, traffic.variant(place) == 1);
            } else if (traffic.isConflicting(number)) {
                conflicting++;
            } else {
                duplicates++;
            }
        }
    }

    synchronized boolean isSent(int number) {
        return sentAfterMillis[number] != UNSENT;
    }

    /** Whether the content of that variant was acknowledged before any other of the event. */
    synchronized boolean wasFirst(int number, int variant) {
        return otherFirst.get(number) == (variant == 1);
    }

    /** How many different events were acknowledged. */
    synchronized int events() {
        return acknowledged.cardinality();
    }

    /** How many deliveries were acknowledged. */
    synchronized int deliveries() {
        return deliveries;
    }

    /** The acknowledged events that are not in {@code stored}. */
    synchronized BitSet lost(BitSet stored) {
        BitSet lost = (BitSet) acknowledged.clone();
        lost.andNot(stored);
        return lost;
    }

    @Override
    public synchronized String toString() {
        return "%,d deliveries of %,d events in %,d requests acknowledged, %,d of them sent again after an error or a time-out; %,d came twice, %,d with other content"
                .formatted(
                        deliveries, acknowledged.cardinality(), requests, attempts - requests, duplicates, conflicting);
    }
}
