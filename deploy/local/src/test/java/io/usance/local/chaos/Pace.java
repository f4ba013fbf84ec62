package io.usance.local.chaos;

import java.util.concurrent.TimeUnit;

/** Holds producers and killer in step, so that the kills are spread over all that is sent. */
final class Pace {
    private final int deliveries;
    private final double perNano;
    private final long start = System.nanoTime();
    private double share;
    private int taken;
    private boolean over;

    /** @param perSecond most deliveries in a second, on average */
    Pace(int deliveries, double perSecond) {
        this.deliveries = deliveries;
        this.perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
    }

    /**
     * The next deliveries to make, as soon as they may be made.
     *
     * @return the place of the first one; the end of all when there are no more, or when it is over
     */
    synchronized int take(int count) throws InterruptedException {
        while (!over && taken < deliveries && taken >= allowed()) {
            wait(10);
        }
        int first = over ? deliveries : taken;
        taken = Math.min(deliveries, first + count);
        return first;
    }

    /** Lets the producers go on to that share of all deliveries. */
    synchronized void allow(double share) {
        this.share = share;
        notifyAll();
    }

    /** Waits until the producers have come to that share of all deliveries. */
    synchronized void await(double share) throws InterruptedException {
        while (!over && taken < share * deliveries) {
            wait(10);
        }
    }

    /** Nobody waits any more. */
    synchronized void end() {
        over = true;
        notifyAll();
    }

    synchronized boolean isOver() {
        return over;
    }

    private double allowed() {
        return Math.min(share * deliveries, perNano * (System.nanoTime() - start));
    }
}
