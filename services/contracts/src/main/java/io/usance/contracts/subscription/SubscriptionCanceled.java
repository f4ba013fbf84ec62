package io.usance.contracts.subscription;

/** A subscription has an end now, at once or at the end of its billing period. */
public record SubscriptionCanceled(Subscription subscription) implements SubscriptionEvent {}
