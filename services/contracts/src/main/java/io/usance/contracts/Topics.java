package io.usance.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names of the Kafka topics. Keys start with the namespace; each topic has a dead-letter topic beside it. */
public final class Topics {
    /**
     * Accepted usage events, one record per accepted request, see {@link io.usance.contracts.usage.UsageEvents}; written as
     * {@link io.usance.contracts.usage.UsageEventsFormat} says.
     */
    public static final String EVENTS = "usance.events";

    /** What happened to meters, features and plans. */
    public static final String CATALOG = "usance.catalog";

    /** What happened to customers and subscriptions. */
    public static final String SUBSCRIPTION = "usance.subscription";

    /** What happened to invoices. */
    public static final String INVOICING = "usance.invoicing";

    /** Suffix of the topic that takes the records which no consumer could process. */
    public static final String DEAD_LETTER_SUFFIX = ".dlq";

    /** Largest record, and so the largest accepted ingest request, in bytes. */
    public static final int RECORD_BYTES_MAX = 8 * 1024 * 1024;

    /** Partitions of {@link #EVENTS} where nobody says otherwise: as many replicas can share the work. */
    public static final int EVENT_PARTITIONS = 8;

    private static final int PARTITIONS = 4;

    /** Most bytes of what is said of a record that is put aside: the reason is a thousand characters, the rest is names. */
    private static final int LETTER_BYTES_MORE = 16 * 1024;

    /**
     * A topic, and what it is made with.
     *
     * @param settings by Kafka's names of them; what is not in it is as the brokers have it
     */
    public record Topic(String name, int partitions, Map<String, String> settings) {}

    /**
     * All topics, in the order of their making.
     *
     * @param eventPartitions of {@link #EVENTS}, 1 or more
     */
    public static List<Topic> all(int eventPartitions) {
        List<Topic> topics = new ArrayList<>();
        for (String name : List.of(EVENTS, CATALOG, SUBSCRIPTION, INVOICING)) {
            int partitions = name.equals(EVENTS) ? eventPartitions : PARTITIONS;
            topics.add(new Topic(name, partitions, Map.of("max.message.bytes", String.valueOf(RECORD_BYTES_MAX))));
            // What is put aside waits for somebody, however long that takes; and it is the record with what is said of
            // it.
            topics.add(new Topic(
                    name + DEAD_LETTER_SUFFIX,
                    1,
                    Map.of(
                            "max.message.bytes",
                            String.valueOf(RECORD_BYTES_MAX + LETTER_BYTES_MORE),
                            "retention.ms",
                            "-1")));
        }
        return List.copyOf(topics);
    }

    private Topics() {}
}
