package io.usance.local;

import java.io.PrintStream;
import java.util.Locale;

/** Tells whoever waits what is going on, with the seconds since the start. */
final class Progress {
    private final PrintStream out;
    private final long start = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    synchronized void step(String who, String what) {
        out.printf(Locale.ROOT, "%7.1f s  %-13s %s%n", seconds(), who, what);
    }

    synchronized void line(String text) {
        out.println(text);
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
