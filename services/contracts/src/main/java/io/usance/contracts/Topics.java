package io.usance.contracts;

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

    private Topics() {}
}
