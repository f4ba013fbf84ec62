package io.usance.catalog;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Sends requests at the same time. */
public final class AtOnce {
    /** The status of each answer to the same request. */
    public static List<Integer> statuses(int times, Callable<Integer> request) {
        return statuses(Collections.nCopies(times, request));
    }

    /** The status of each answer, in the order of the requests. */
    @SafeVarargs
    public static List<Integer> statuses(Callable<Integer>... requests) {
        return statuses(List.of(requests));
    }

    private static List<Integer> statuses(List<Callable<Integer>> requests) {
        try (var threads = Executors.newFixedThreadPool(requests.size())) {
            return threads.invokeAll(requests).stream()
                    .map(response -> response.resultNow())
                    .toList();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private AtOnce() {}
}
