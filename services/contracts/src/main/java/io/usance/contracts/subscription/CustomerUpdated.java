package io.usance.contracts.subscription;

/** A customer's name, subjects, address or currency changed. */
public record CustomerUpdated(Customer customer) implements SubscriptionEvent {}
