package io.usance.local.chaos;

import io.usance.local.Cluster;
import io.usance.local.chaos.Meter.Aggregation;
import io.usance.local.chaos.Question.Row;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One cluster under fire: events are sent and parts are killed, and at the end every number has to be right. */
final class ChaosRun {
    private static final Duration SETTLE_MAX = Duration.ofMinutes(10);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(2);
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);
    private static final int PRODUCERS = 4;
    private static final int PAUSE_MILLIS = 200;

    /** How long a kill and what comes of it takes on a slow machine: so long must events last, too. */
    private static final double SECONDS_FOR_A_KILL = 10;

    private final ChaosConfig config;
    private final Cluster cluster;
    private final Journal journal;
    private final Traffic traffic;
    private final Ledger ledger;
    private final Door door;
    private final Books books;
    private final Pace pace;
    private final SplittableRandom random;
    private final List<Meter> meters = new ArrayList<>();
    private volatile Killer killer;

    ChaosRun(ChaosConfig config, Cluster cluster, Journal journal) {
        this.config = config;
        this.cluster = cluster;
        this.journal = journal;
        this.traffic = new Traffic(config.seed(), config.events());
        this.ledger = new Ledger(config.events());
        this.door = new Door(cluster);
        this.books = new Books(cluster);
        this.pace = new Pace(traffic.deliveries(), traffic.deliveries() / (config.kills() * SECONDS_FOR_A_KILL));
        this.random = new SplittableRandom(config.seed());
    }

    void run() throws InterruptedException, SQLException {
        try (door) {
            Instant start = ledger.start().truncatedTo(ChronoUnit.SECONDS);
            makeMeters(start);
            Meter looked = meter("looked_at", Aggregation.COUNT, Traffic.TYPES.get(1), List.of(), null);
            Probe probe = new Probe(door, Meter.create(door, "probes", Aggregation.COUNT, Probe.TYPE, List.of(), null));
            killer = new Killer(cluster, probe, pace, journal, config.kills(), new Random(config.seed()));
            Onlooker onlooker = new Onlooker(door, books, looked, start);
            fire(onlooker);
            settle(
                    "stored",
                    () -> stored() - probe.acknowledged().size() >= ledger.events(),
                    () -> books.audit(traffic, ledger, probe.acknowledged(), List.of()));
            check(probe, start);
            journal.say(onlooker.asked() + " questions were answered rightly meanwhile");
            if (onlooker.asked() == 0) {
                throw new AssertionError("no question was answered while parts were killed");
            }
            if (killer.longestRecovery().compareTo(config.recoveryMax()) >= 0) {
                throw new AssertionError(
                        "a recovery took longer than " + config.recoveryMax().toSeconds() + " s: " + killer);
            }
        }
    }

    // -------------------------------------------------------------------------------------------------------- the fire

    private void makeMeters(Instant start) throws InterruptedException {
        String request = Traffic.TYPES.get(0);
        List<String> both = List.of("model", "region");
        for (Aggregation aggregation : Aggregation.values()) {
            meter("requests_" + aggregation.ordinal(), aggregation, request, both, null);
        }
        meter("jobs", Aggregation.SUM, Traffic.TYPES.get(1), List.of("region"), null);
        meter("recent", Aggregation.SUM, request, List.of(), start);
    }

    /** Meters that are made when there are events already, which they must count as well. */
    private void makeLateMeters() throws InterruptedException {
        pace.await(0.5);
        meter("late_sum", Aggregation.SUM, Traffic.TYPES.get(0), List.of("model"), null);
        meter("late_users", Aggregation.UNIQUE_COUNT, Traffic.TYPES.get(1), List.of("region"), null);
    }

    private Meter meter(String key, Aggregation aggregation, String type, List<String> dimensions, Instant eventsFrom)
            throws InterruptedException {
        Meter meter = Meter.create(door, key, aggregation, type, dimensions, eventsFrom);
        meters.add(meter);
        return meter;
    }

    private void fire(Onlooker onlooker) throws InterruptedException {
        List<Future<?>> work = new ArrayList<>();
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("chaos-", 0).factory());
        try {
            for (int i = 0; i < PRODUCERS; i++) {
                Producer producer = new Producer(door, traffic, ledger, pace, random.split());
                work.add(threads.submit(whole(producer::run)));
            }
            work.add(threads.submit(whole(killer::run)));
            work.add(threads.submit(whole(this::makeLateMeters)));
            Future<?> looking = threads.submit(whole(onlooker::run));
            await(work, looking);
            demandNoFailure(looking);
            looking.cancel(true);
        } finally {
            pace.end();
            threads.shutdownNow();
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static Callable<Void> whole(Work work) {
        return () -> {
            work.run();
            return null;
        };
    }

    /** Waits until all of {@code work} is done; the first failure ends all. */
    private void await(List<Future<?>> work, Future<?> background) throws InterruptedException {
        long line = System.nanoTime();
        while (!work.stream().allMatch(Future::isDone)) {
            for (Future<?> one : work) {
                demandNoFailure(one);
            }
            demandNoFailure(background);
            if (System.nanoTime() - line > LINE_INTERVAL.toNanos()) {
                line = System.nanoTime();
                progress();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        for (Future<?> one : work) {
            demandNoFailure(one);
        }
    }

    private static void demandNoFailure(Future<?> work) throws InterruptedException {
        if (work.isDone()) {
            try {
                work.get();
            } catch (ExecutionException failure) {
                throw new AssertionError(failure.getCause().getMessage(), failure.getCause());
            }
        }
    }

    // ------------------------------------------------------------------------------------------------------- the check

    private void check(Probe probe, Instant start) throws InterruptedException, SQLException {
        Instant end = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<NaiveCount> counts = new ArrayList<>();
        for (Meter meter : meters) {
            Question.all(meter, start, end, random).forEach(question -> counts.add(new NaiveCount(question)));
        }
        journal.say("reading " + stored() + " events");
        journal.say(books.audit(traffic, ledger, probe.acknowledged(), counts));
        journal.say(ledger.toString());
        journal.say(killer.toString());
        compare(counts, 0, "while they were being counted");
        settle("counted", () -> books.uncounted().orElse(1) == 0, () -> "");
        compare(counts, 1, "when all was counted");
    }

    /** @param first the gateway that the first question goes to; the next goes to the next one */
    private void compare(List<NaiveCount> counts, int first, String when) throws InterruptedException {
        int turn = first;
        int rows = 0;
        List<String> differences = new ArrayList<>();
        for (NaiveCount count : counts) {
            int gateway = turn++ % Cluster.REPLICAS;
            List<String> different = count.differences(ask(count.question(), gateway));
            if (!different.isEmpty()) {
                differences.add(count.question() + " through gateway " + gateway + ": " + different);
            }
            rows += count.rows();
        }
        if (!differences.isEmpty()) {
            throw new AssertionError(
                    differences.size() + " answers are wrong " + when + ":\n" + String.join("\n", differences));
        }
        journal.say("%,d questions about %d meters, of %,d rows, were answered to the last digit %s"
                .formatted(counts.size(), meters.size(), rows, when));
    }

    private Map<Row, BigDecimal> ask(Question question, int gateway) throws InterruptedException {
        long end = System.nanoTime() + ANSWER_MAX.toNanos();
        while (System.nanoTime() < end) {
            Map<Row, BigDecimal> answer = question.ask(door, gateway);
            if (answer != null) {
                return answer;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new AssertionError("no answer to " + question);
    }

    private interface Condition {
        boolean holds();
    }

    private interface Reason {
        String tell() throws SQLException;
    }

    /** @param reason fails with it if it can tell why the condition never holds */
    private void settle(String what, Condition condition, Reason reason) throws InterruptedException, SQLException {
        long start = System.nanoTime();
        long line = start;
        while (!condition.holds()) {
            if (System.nanoTime() - line > LINE_INTERVAL.toNanos()) {
                line = System.nanoTime();
                progress();
            }
            if (System.nanoTime() - start > SETTLE_MAX.toNanos()) {
                throw new AssertionError(
                        "not all is %s %d minutes after the last event and the last kill: %,d of %,d; %s"
                                .formatted(what, SETTLE_MAX.toMinutes(), stored(), ledger.events(), reason.tell()));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        journal.say("all is %s %.1f s after the last event and the last kill"
                .formatted(what, (System.nanoTime() - start) / 1e9));
    }

    // -------------------------------------------------------------------------------------------------------- progress

    private long stored() {
        return books.stored().orElse(-1);
    }

    private void progress() {
        OptionalLong stored = books.stored();
        journal.say("%,d of %,d deliveries, %d of %d kills, %s; the last recovery: %s"
                .formatted(
                        ledger.deliveries(),
                        traffic.deliveries(),
                        killer.kills(),
                        config.kills(),
                        stored.isPresent()
                                ? "%,d of %,d events stored".formatted(stored.getAsLong(), ledger.events())
                                : "database away",
                        killer.lastRecovery()));
    }
}
