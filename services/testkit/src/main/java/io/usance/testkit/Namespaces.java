package io.usance.testkit;

import java.util.concurrent.atomic.AtomicLong;

/** Tenants of tests: each test has its own, so that none sees what another left behind. */
public final class Namespaces {
    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

    /** A tenant that no other test has. */
    public static String fresh() {
        return "test-" + NEXT.getAndIncrement();
    }

    private Namespaces() {}
}
