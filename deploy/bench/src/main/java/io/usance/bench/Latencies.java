package io.usance.bench;

import java.util.Arrays;

/** How long each of many things took. Safe for many threads. */
final class Latencies {
    private long[] nanos = new long[1_024];
    private int count;

    synchronized void add(long tookNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = tookNanos;
    }

    synchronized int count() {
        return count;
    }

    /**
     * The least value that {@code percent} of all do not exceed (nearest rank), in milliseconds.
     *
     * @param percent above 0 to 100
     * @throws IllegalStateException if nothing was added
     */
    synchronized double percentileMillis(double percent) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.max(1, rank) - 1] / 1e6;
    }
}
