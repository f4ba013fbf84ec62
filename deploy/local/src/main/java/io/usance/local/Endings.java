package io.usance.local;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for the first reason to end; what comes after it has no effect. */
final class Endings {
    /** Ends a start half way. */
    static final class Ended extends RuntimeException {
        Ended() {
            super("the stack is to end");
        }
    }

    /** How long a signal waits for the stack to stop before the launcher leaves the rest to the watchdog. */
    private static final Duration STOP_MAX = Duration.ofSeconds(15);

    private final CompletableFuture<Ending> first = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Takes over what Ctrl-C, a closed terminal and {@code kill} do to this process: all of them stop the stack. */
    void watchSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onExit, "stop"));
    }

    /** To be called when nothing is left to stop: without it a signal waits in vain. */
    void stopped() {
        stopped.countDown();
    }

    private void onExit() {
        first.complete(new Ending.Asked());
        try {
            boolean inTime = stopped.await(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
            if (!inTime) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends with the process of that id; at once if there is none. */
    void watchParent(long pid) {
        var _ = ProcessHandle.of(pid)
                .map(ProcessHandle::onExit)
                .orElse(CompletableFuture.completedFuture(null))
                .whenComplete((parent, failure) -> first.complete(new Ending.Abandoned()));
    }

    void watch(Child child) {
        var _ = child.process().onExit().whenComplete((process, failure) -> first.complete(new Ending.Died(child)));
    }

    /**
     * @throws Ended if there is a reason to end
     */
    void check() {
        if (first.isDone()) {
            throw new Ended();
        }
    }

    /** Blocks until there is a reason to end. */
    Ending await() {
        return first.join();
    }
}
