package io.usance.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What is measured, with what, and where the results go. */
record Scene(Stack stack, Shop shop, Settings settings, Report report, PrintStream terminal) implements AutoCloseable {
    /** So long ago the customers subscribed: less than a month of any length, so that the period goes on now. */
    static final Duration SUBSCRIBED_AGO = Duration.ofDays(27);

    /** How long the meters may lag behind the metrics that say that everything is counted. */
    private static final Duration SETTLE_MAX = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A fresh stack with a shop in it that was opened {@link #SUBSCRIBED_AGO}. */
    static Scene open(Settings settings, Report report, PrintStream terminal) {
        terminal.println(
                "\nStarting a stack, opening a shop in the past, and starting the stack again in the present.");
        Stack stack = Stack.fresh(settings, SUBSCRIBED_AGO.negated());
        try {
            Shop shop;
            try (Api api = new Api(stack)) {
                shop = Shop.open(api, settings.customers());
            }
            stack.restart(Duration.ZERO);
            if (!settings.kafkaFlush()) {
                stack.flushTopic(KafkaLimit.EVENTS, false);
            }
            return new Scene(stack, shop, settings, report, terminal);
        } catch (RuntimeException failure) {
            stack.close();
            throw failure;
        }
    }

    /**
     * Sends a load, and holds what the meters say afterwards against what was sent.
     *
     * @throws IllegalStateException if anything was lost or counted twice: then no speed is worth anything
     */
    Load.Outcome counted(Load.Order order) {
        try (Api api = new Api(stack)) {
            List<Shop.Usage> before = shop.usage(api);
            Load.Outcome outcome = new Load(stack, settings, terminal, order).run();
            List<Shop.Usage> expected = new ArrayList<>();
            for (int type = 0; type < Shop.TYPES; type++) {
                expected.add(before.get(type).plus(outcome.usage().get(type)));
            }
            long end = System.nanoTime() + SETTLE_MAX.toNanos();
            List<Shop.Usage> now = shop.usage(api);
            while (!now.equals(expected) && System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE.toNanos());
                now = shop.usage(api);
            }
            if (!now.equals(expected)) {
                throw new IllegalStateException(
                        "WRONG: after " + order.name() + " the meters say " + now + " instead of " + expected);
            }
            return outcome;
        }
    }

    /** As many events as are taken for so long, with duplicates, as they happen. */
    Load.Order fullLoad(String name, Duration sendFor) {
        return new Load.Order(
                name,
                Long.MAX_VALUE,
                sendFor,
                settings.batchSize(),
                settings.connections(),
                0,
                settings.backlogMax(),
                true,
                number -> System.currentTimeMillis());
    }

    @Override
    public void close() {
        stack.close();
    }
}
