package io.usance.contracts.subscription;

import java.time.Instant;

/** A customer is gone; its key and subjects may be taken by another. */
public record CustomerDeleted(String customerId, Instant deletedAt) implements SubscriptionEvent {}
