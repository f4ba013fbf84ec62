package io.usance.contracts.subscription;

/** A customer subscribed to a plan. */
public record SubscriptionCreated(Subscription subscription) implements SubscriptionEvent {}
