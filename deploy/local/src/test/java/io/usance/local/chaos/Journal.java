package io.usance.local.chaos;

import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Says what goes on to who waits for the end of a run, with the time of the logs, which is UTC.
 *
 * @param name of the cluster
 */
record Journal(String name) {
    void say(String line) {
        System.out.printf("chaos %s %tT: %s%n", name, LocalTime.now(ZoneOffset.UTC), line);
    }
}
