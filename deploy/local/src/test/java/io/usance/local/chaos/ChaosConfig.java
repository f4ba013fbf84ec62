package io.usance.local.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long and how hard a run is; each from the environment, by default as long as the tests of a build can bear.
 *
 * @param seed what the run is made of: the same seed gives the same events, in the same order, and the same kills
 * @param events different events, shared out among the clusters
 * @param kills at least so many, shared out likewise
 * @param recoveryMax how soon after a kill events must be taken and seen again; promised are 30 s, but a build that shares its
 *     machine with others starts processes more slowly than that
 * @param brokers the clusters that are tried one after the other, by how many brokers they have
 */
record ChaosConfig(long seed, int events, int kills, Duration recoveryMax, List<Integer> brokers) {
    static ChaosConfig read() {
        return new ChaosConfig(
                read("CHAOS_SEED")
                        .map(Long::parseLong)
                        .orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000_000)),
                read("CHAOS_EVENTS").map(Integer::parseInt).orElse(60_000),
                read("CHAOS_KILLS").map(Integer::parseInt).orElse(8),
                Duration.ofSeconds(
                        read("CHAOS_RECOVERY_SECONDS").map(Long::parseLong).orElse(120L)),
                Arrays.stream(read("CHAOS_BROKERS").orElse("3").split(","))
                        .map(Integer::valueOf)
                        .toList());
    }

    /** The share of one of the clusters. */
    ChaosConfig share() {
        int clusters = brokers.size();
        return new ChaosConfig(
                seed, Math.ceilDiv(events, clusters), Math.ceilDiv(kills, clusters), recoveryMax, brokers);
    }

    private static Optional<String> read(String name) {
        return Optional.ofNullable(System.getenv(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
