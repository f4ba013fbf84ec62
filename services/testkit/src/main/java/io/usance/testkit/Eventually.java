package io.usance.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that becomes true in its own time, with a deadline. */
public final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(20);

    /**
     * Runs {@code assertion} until it holds; fails with its last failure after {@code deadline}. An exception is a failure,
     * too: what is waited for may be that a connection is found again.
     */
    public static void holds(Duration deadline, Runnable assertion) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError | RuntimeException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private Eventually() {}
}
