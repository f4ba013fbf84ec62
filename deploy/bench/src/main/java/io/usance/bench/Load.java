package io.usance.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/**
 * Posts events through the gateway, and follows them until each is counted. A producer sends its next request when the last
 * was answered, waits as it is asked to by 429 and 503, sends again what was not taken, and pauses while too much of what was
 * accepted is not counted yet.
 */
final class Load {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int TICKS_PER_LINE = 5;

    /** How long nothing may be counted before the run has failed. */
    private static final Duration STILL_MAX = Duration.ofMinutes(2);

    private static final int TRIES_MAX = 200;

    /**
     * What is to be sent.
     *
     * @param name for the terminal
     * @param events how many at most
     * @param sendFor how long at most
     * @param eventsPerSecond 0 for as many as are taken
     * @param backlogMax accepted events that may wait for being stored before the producers pause
     * @param duplicates whether one event in a hundred is one that was sent before
     * @param occurredAtMillis the time of an event by its number
     */
    record Order(
            String name,
            long events,
            Duration sendFor,
            int batchSize,
            int connections,
            double eventsPerSecond,
            long backlogMax,
            boolean duplicates,
            LongUnaryOperator occurredAtMillis) {}

    /**
     * How far it was at one moment; events and duplicates since the start of the load.
     *
     * @param accepted by the gateway
     * @param stored or found to be duplicates
     * @param settled counted, or found to be duplicates
     * @param memoryBytes resident memory of ingestion
     */
    record Sample(double seconds, long accepted, long stored, long settled, long memoryBytes) {}

    /**
     * What became of it.
     *
     * @param accepted events that were answered with 202, duplicates among them
     * @param usage what is to be counted of each type, without duplicates
     * @param refused requests that were answered with 429 or 503
     * @param broken requests that were not answered
     * @param sendingSeconds from the first request to the last answer
     * @param countedSeconds from the first request to the last event in the totals
     * @param latencies of requests that were answered with 202
     * @param samples once a second, and one at the end
     * @param cpu CPU seconds of each process while it was sent
     */
    record Outcome(
            long accepted,
            List<Shop.Usage> usage,
            long refused,
            long broken,
            double sendingSeconds,
            double countedSeconds,
            Latencies latencies,
            List<Sample> samples,
            Map<String, Double> cpu) {

        long events() {
            return usage.stream().mapToLong(Shop.Usage::events).sum();
        }

        double acceptedPerSecond() {
            return accepted / sendingSeconds;
        }

        /** What each process had of all cores while it was sent, 0 to 1. */
        Map<String, Double> cpuShares() {
            Map<String, Double> shares = new LinkedHashMap<>();
            cpu.forEach((name, seconds) -> shares.put(name, seconds / sendingSeconds / Machine.CORES));
            return shares;
        }

        /** Without duplicates, with the time in which the backlog was worked off. */
        double countedPerSecond() {
            return events() / countedSeconds;
        }
    }

    private final Stack stack;
    private final Settings settings;
    private final PrintStream terminal;
    private final Order order;
    private final String run = Long.toString(System.currentTimeMillis(), 36);
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final Latencies latencies = new Latencies();
    private final List<Sample> samples = new ArrayList<>();
    private volatile long stored;
    private volatile long settled;
    private volatile boolean stopped;
    private long startNanos;

    Load(Stack stack, Settings settings, PrintStream terminal, Order order) {
        this.stack = stack;
        this.settings = settings;
        this.terminal = terminal;
        this.order = order;
    }

    /**
     * Sends all of it, and returns when it is counted.
     *
     * @throws IllegalStateException if a request was refused for another reason than overload, or counting stands still
     */
    Outcome run() {
        Processes processes = new Processes(stack);
        try (Metrics metrics = new Metrics(stack);
                ExecutorService threads = Executors.newFixedThreadPool(order.connections())) {
            Counters before = metrics.read();
            Map<String, Double> cpuBefore = processes.cpuSeconds();
            startNanos = System.nanoTime();
            List<Future<Producer>> producers = new ArrayList<>();
            for (int i = 0; i < order.connections(); i++) {
                producers.add(threads.submit(new Producer()::run));
            }
            try {
                while (producers.stream().anyMatch(producer -> !producer.isDone())) {
                    follow(metrics, before, processes);
                }
            } finally {
                stopped = true;
            }
            List<Shop.Usage> usage = collect(producers);
            double sendingSeconds = lastAnswerNanos(producers) / 1e9;
            Map<String, Double> cpu = new LinkedHashMap<>();
            processes.cpuSeconds().forEach((name, seconds) -> cpu.put(name, seconds - cpuBefore.get(name)));
            drain(metrics, before, processes);
            double countedSeconds = seconds();
            take(metrics.read().minus(before), processes);
            return new Outcome(
                    accepted.get(),
                    usage,
                    refused.get(),
                    broken.get(),
                    sendingSeconds,
                    countedSeconds,
                    latencies,
                    List.copyOf(samples),
                    cpu);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void drain(Metrics metrics, Counters before, Processes processes) {
        long last = -1;
        long since = System.nanoTime();
        while (settled < accepted.get()) {
            if (settled != last) {
                last = settled;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STILL_MAX.toNanos()) {
                throw new IllegalStateException("of " + accepted.get() + " accepted events " + settled
                        + " were counted, and no more in " + STILL_MAX.toSeconds() + " s");
            }
            follow(metrics, before, processes);
        }
    }

    /** Waits for the next tick, and takes a sample. */
    private void follow(Metrics metrics, Counters before, Processes processes) {
        long at = startNanos + (samples.size() + 1) * TICK.toNanos();
        // The last ones are not waited for by the second.
        boolean ending = stopped && accepted.get() - settled < order.batchSize() * 100L;
        LockSupport.parkNanos(ending ? PAUSE.toNanos() * 4 : Math.max(0, at - System.nanoTime()));
        if (System.nanoTime() < at && !ending) {
            return;
        }
        Counters now = metrics.read().minus(before);
        stored = now.stored() + now.duplicates();
        settled = now.settled();
        if (System.nanoTime() < at) {
            return;
        }
        take(now, processes);
        if (samples.size() % TICKS_PER_LINE == 0) {
            tell();
        }
    }

    private void take(Counters now, Processes processes) {
        samples.add(new Sample(
                seconds(),
                accepted.get(),
                now.stored() + now.duplicates(),
                now.settled(),
                processes.residentBytes("ingestion")));
    }

    private void tell() {
        Sample now = samples.getLast();
        Sample then = samples.size() > TICKS_PER_LINE
                ? samples.get(samples.size() - 1 - TICKS_PER_LINE)
                : new Sample(0, 0, 0, 0, 0);
        double passed = now.seconds() - then.seconds();
        terminal.printf(
                "  %-24s %5.0f s  accepted %,8.0f/s  stored %,8.0f/s  counted %,8.0f/s  waiting %,9d  ingestion %,d MB%n",
                order.name(),
                now.seconds(),
                (now.accepted() - then.accepted()) / passed,
                (now.stored() - then.stored()) / passed,
                (now.settled() - then.settled()) / passed,
                now.accepted() - now.settled(),
                now.memoryBytes() >> 20);
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static List<Shop.Usage> collect(List<Future<Producer>> producers) {
        List<Shop.Usage> usage = new ArrayList<>();
        for (int type = 0; type < Shop.TYPES; type++) {
            long events = 0;
            long tokens = 0;
            for (Future<Producer> producer : producers) {
                events += join(producer).events[type];
                tokens += join(producer).tokens[type];
            }
            usage.add(new Shop.Usage(events, BigDecimal.valueOf(tokens)));
        }
        return usage;
    }

    private long lastAnswerNanos(List<Future<Producer>> producers) {
        return producers.stream()
                .mapToLong(producer -> join(producer).lastAnswerNanos - startNanos)
                .max()
                .orElseThrow();
    }

    private static Producer join(Future<Producer> producer) {
        try {
            return producer.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(
                    "a producer gave up: " + failure.getCause().getMessage(), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** One connection, and the thread that sends over it. */
    private final class Producer {
        private static final int EARLIER_EVENTS = 64;

        private final long[] events = new long[Shop.TYPES];
        private final long[] tokens = new long[Shop.TYPES];
        private final EventWriter writer = new EventWriter(run, settings.subjects());
        private final byte[][] earlier = new byte[EARLIER_EVENTS][];
        private int earlierCount;
        private long lastAnswerNanos = startNanos;

        Producer run() throws IOException {
            try {
                send();
                return this;
            } catch (IOException | RuntimeException failure) {
                stopped = true;
                throw failure;
            }
        }

        private void send() throws IOException {
            boolean single = order.batchSize() == 1;
            try (HttpConnection connection = new HttpConnection(stack.gatewayPort(), stack.token())) {
                byte[] head = connection.head(
                        "POST",
                        Api.BASE + "/events",
                        single ? "application/cloudevents+json" : "application/cloudevents-batch+json");
                for (long first = claim(); first >= 0; first = claim()) {
                    int size = (int) Math.min(order.batchSize(), order.events() - first);
                    write(first, size, single);
                    post(connection, head);
                    accepted.addAndGet(size);
                }
            }
        }

        /** The number of the first event of the next request; negative when it is enough. */
        private long claim() {
            while (!isOver() && isTooMuch()) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            if (isOver()) {
                return -1;
            }
            long first = next.getAndAdd(order.batchSize());
            return first < order.events() ? first : -1;
        }

        private boolean isOver() {
            return stopped || System.nanoTime() - startNanos > order.sendFor().toNanos();
        }

        private boolean isTooMuch() {
            return accepted.get() - stored > order.backlogMax()
                    || order.eventsPerSecond() > 0 && next.get() > order.eventsPerSecond() * seconds();
        }

        private void write(long first, int size, boolean single) {
            writer.clear();
            if (!single) {
                writer.add('[');
            }
            for (long number = first; number < first + size; number++) {
                if (number > first) {
                    writer.add(',');
                }
                boolean again = order.duplicates() && number % 100 == 99 && earlierCount > 0;
                if (again) {
                    writer.add(earlier[(int) (number / 100 % Math.min(earlierCount, EARLIER_EVENTS))]);
                } else {
                    int from = writer.length();
                    writer.event(number, order.occurredAtMillis().applyAsLong(number));
                    events[EventWriter.type(number)]++;
                    tokens[EventWriter.type(number)] += EventWriter.tokens(number);
                    if (order.duplicates() && number % 100 < 10) {
                        remember(from);
                    }
                }
            }
            if (!single) {
                writer.add(']');
            }
        }

        private void remember(int from) {
            earlier[earlierCount % EARLIER_EVENTS] = Arrays.copyOfRange(writer.bytes(), from, writer.length());
            earlierCount++;
        }

        private void post(HttpConnection connection, byte[] head) throws IOException {
            for (int tries = 1; tries <= TRIES_MAX; tries++) {
                long start = System.nanoTime();
                int status;
                try {
                    status = connection.send(head, writer.bytes(), writer.length());
                } catch (IOException unanswered) {
                    // What was taken after all counts once.
                    broken.incrementAndGet();
                    LockSupport.parkNanos(TICK.toNanos());
                    continue;
                }
                if (status == 202) {
                    lastAnswerNanos = System.nanoTime();
                    latencies.add(lastAnswerNanos - start);
                    return;
                }
                if (status != 429 && status != 503) {
                    throw new IOException("events were answered with " + status + ": " + connection.body());
                }
                refused.incrementAndGet();
                LockSupport.parkNanos(Duration.ofSeconds(Math.max(1, connection.retryAfterSeconds()))
                        .toNanos());
            }
            throw new IOException("events were not taken in " + TRIES_MAX + " tries");
        }
    }
}
