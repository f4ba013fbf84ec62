package io.usance.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** What Kafka and Postgres of the stack can do when nothing else is asked of them: what the rest is held against. */
final class MeasureLimits {
    private static final int EVENTS_PER_RECORD = 100;

    /**
     * Events a second.
     *
     * @param kafka each a record of its own, flushed as those of the load are
     * @param dedupe its key in one table
     */
    record Limits(double kafka, double dedupe) {}

    private final Scene scene;

    MeasureLimits(Scene scene) {
        this.scene = scene;
    }

    Limits run() {
        Stack stack = scene.stack();
        long events = scene.settings().limitEvents();
        int bytes = eventBytes();
        scene.terminal().println("\nTaking the limits of Kafka and Postgres.");
        Map<Boolean, Double> kafka = new LinkedHashMap<>();
        Table table = new Table("limit", "events/s");
        for (boolean flush : new boolean[] {true, false}) {
            String what = flush
                    ? "Kafka's producer-perf-test, acks=all, flushed"
                    : "Kafka's producer-perf-test, acks=all, not flushed";
            KafkaLimit limit = new KafkaLimit(stack, flush);
            kafka.put(flush, limit.recordsPerSecond(bytes, events));
            table.row(what + ", an event a record", number(kafka.get(flush)));
            table.row(
                    what + ", " + EVENTS_PER_RECORD + " events a record",
                    number(limit.recordsPerSecond(bytes * EVENTS_PER_RECORD, events / EVENTS_PER_RECORD)
                            * EVENTS_PER_RECORD));
        }
        double dedupe = new DedupeLimit(stack, events, 0).rowsPerSecond();
        table.row("staged COPY and INSERT … ON CONFLICT DO NOTHING, key only", number(dedupe));
        table.row(
                "the same, with the event beside the key",
                number(new DedupeLimit(stack, events, bytes).rowsPerSecond()));

        boolean flush = scene.settings().kafkaFlush();
        scene.report().section("Limits");
        scene.report().text("""
                Taken on the stack's own broker and database with nothing else going on. An event is %,d bytes of JSON; up to \
                %,d events each. The broker of the load has %s; its limit is the one with an event a record.""".formatted(
                        bytes,
                        events,
                        flush
                                ? "flushed to disk what it acknowledges, as that of `make up` has"
                                : "what it acknowledges in memory, as the brokers of a cluster have"));
        scene.report().table(table);
        return new Limits(kafka.get(flush), dedupe);
    }

    /** Of an event of the load, on average. */
    private int eventBytes() {
        EventWriter writer = new EventWriter(
                Long.toString(System.currentTimeMillis(), 36), scene.settings().subjects());
        int events = 1_000;
        for (int number = 0; number < events; number++) {
            writer.event(number, System.currentTimeMillis());
        }
        return writer.length() / events;
    }

    private static String number(double rate) {
        return "%,.0f".formatted(rate);
    }
}
