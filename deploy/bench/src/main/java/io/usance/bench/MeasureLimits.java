package io.usance.bench;

/** What Kafka and Postgres of the stack can do when nothing else is asked of them: what the rest is held against. */
final class MeasureLimits {
    private static final int EVENTS_PER_RECORD = 100;

    /**
     * Events a second.
     *
     * @param kafka each a record of its own
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
        double kafka = new KafkaLimit(stack, bytes, events).recordsPerSecond();
        double kafkaBatched = new KafkaLimit(stack, bytes * EVENTS_PER_RECORD, Math.max(1, events / EVENTS_PER_RECORD))
                        .recordsPerSecond()
                * EVENTS_PER_RECORD;
        double dedupe = new DedupeLimit(stack, events, 0).rowsPerSecond();
        double dedupeWithBody = new DedupeLimit(stack, events, bytes).rowsPerSecond();

        scene.report().section("Limits");
        scene.report().text("""
                Taken on the stack's own broker and database, which flush what they acknowledge, with nothing else going on. \
                An event is %,d bytes of JSON; %,d events each.""".formatted(bytes, events));
        scene.report()
                .table(new Table("limit", "events/s")
                        .row("Kafka's producer-perf-test, acks=all, an event a record", number(kafka))
                        .row("the same, " + EVENTS_PER_RECORD + " events a record", number(kafkaBatched))
                        .row("staged COPY and INSERT … ON CONFLICT DO NOTHING, key only", number(dedupe))
                        .row("the same, with the event beside the key", number(dedupeWithBody)));
        return new Limits(kafka, dedupe);
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
