package io.usance.contracts.subscription;

/** A planned end was taken back; the subscription goes on. */
public record SubscriptionCancelationUnscheduled(Subscription subscription) implements SubscriptionEvent {}
