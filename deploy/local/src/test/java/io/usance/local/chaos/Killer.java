package io.usance.local.chaos;

import io.usance.local.Cluster;
import io.usance.local.Cluster.Kind;
import io.usance.local.Cluster.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Kills parts of the cluster at random moments, mostly one, sometimes two at once or the same one again while it starts, and
 * starts them again. Every part has its turn before any has another, first one of every kind.
 */
final class Killer {
    private static final int BEFORE_MILLIS_MAX = 3_000;
    private static final int AWAY_MILLIS_MAX = 2_000;
    private static final int AGAIN_MILLIS_MAX = 5_000;

    private final Cluster cluster;
    private final Probe probe;
    private final Pace pace;
    private final Journal journal;
    private final int wanted;
    private final Random random;
    private final List<Part> turn = new ArrayList<>();
    private final Map<Kind, Integer> kills = new EnumMap<>(Kind.class);
    private final List<Recovery> recoveries = new ArrayList<>();
    private volatile int done;

    private record Recovery(List<Part> after, Duration lasted) {
        @Override
        public String toString() {
            return "%.1f s after %s".formatted(lasted.toMillis() / 1_000.0, after);
        }
    }

    Killer(Cluster cluster, Probe probe, Pace pace, Journal journal, int wanted, Random random) {
        this.cluster = cluster;
        this.probe = probe;
        this.pace = pace;
        this.journal = journal;
        this.wanted = wanted;
        this.random = random;
    }

    /** Kills in step with the producers until there were enough kills. */
    void run() throws InterruptedException {
        while (done < wanted && !pace.isOver()) {
            pace.allow((done + 1.0) / wanted);
            pace.await((double) done / wanted);
            Thread.sleep(random.nextInt(BEFORE_MILLIS_MAX));
            strike(victims());
        }
        pace.allow(1);
    }

    int kills() {
        return done;
    }

    /** The longest time that it took until events were taken and seen again. */
    synchronized Duration longestRecovery() {
        return recoveries.stream()
                .map(Recovery::lasted)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    synchronized String lastRecovery() {
        return recoveries.isEmpty() ? "none yet" : recoveries.getLast().toString();
    }

    @Override
    public synchronized String toString() {
        List<Recovery> sorted = new ArrayList<>(recoveries);
        sorted.sort((one, other) -> other.lasted().compareTo(one.lasted()));
        return "%d kills %s; the longest recoveries %s, the median %s"
                .formatted(
                        done,
                        kills.toString().toLowerCase(Locale.ROOT),
                        sorted.subList(0, Math.min(3, sorted.size())),
                        sorted.get(sorted.size() / 2));
    }

    private void strike(List<Part> victims) throws InterruptedException {
        if (victims.stream().anyMatch(part -> part.kind() == Kind.BROKER)) {
            // One broker at a time: the one before must have caught up.
            cluster.awaitCopies();
        }
        victims.forEach(this::kill);
        long since = System.nanoTime();
        Thread.sleep(random.nextInt(AWAY_MILLIS_MAX));
        start(victims);
        if (random.nextInt(8) == 0) {
            Thread.sleep(random.nextInt(AGAIN_MILLIS_MAX));
            kill(victims.getFirst());
            since = System.nanoTime();
            start(victims.subList(0, 1));
        }
        Duration lasted = probe.recovery(gateway(victims.getFirst()), since);
        synchronized (this) {
            recoveries.add(new Recovery(victims, lasted));
        }
    }

    private void kill(Part part) {
        part.kill();
        journal.say("killed " + part);
        synchronized (this) {
            kills.merge(part.kind(), 1, Integer::sum);
            done++;
        }
    }

    /** All at once: Postgres is only there when it has gone through its log. */
    private static void start(List<Part> parts) {
        CompletableFuture.allOf(parts.stream()
                        .map(part -> CompletableFuture.runAsync(part::start))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private List<Part> victims() {
        if (turn.isEmpty()) {
            List<Part> parts = new ArrayList<>(cluster.parts());
            Collections.shuffle(parts, random);
            Map<Kind, Part> oneOfEach = new LinkedHashMap<>();
            parts.forEach(part -> oneOfEach.putIfAbsent(part.kind(), part));
            turn.addAll(oneOfEach.values());
            parts.removeAll(turn);
            turn.addAll(parts);
        }
        List<Part> victims = new ArrayList<>();
        victims.add(turn.removeFirst());
        if (!turn.isEmpty() && turn.getFirst().kind() != victims.getFirst().kind() && random.nextInt(5) == 0) {
            victims.add(turn.removeFirst());
        }
        return victims;
    }

    /** The gateway that stands or falls with {@code part}, or any. */
    private int gateway(Part part) {
        return switch (part.kind()) {
            case GATEWAY, INGESTION -> part.number();
            case CATALOG, BROKER, POSTGRES -> random.nextInt(Cluster.REPLICAS);
        };
    }
}
