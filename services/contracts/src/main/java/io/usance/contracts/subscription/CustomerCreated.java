package io.usance.contracts.subscription;

/** A customer exists; usage of its subjects is attributed to it, past usage too. */
public record CustomerCreated(Customer customer) implements SubscriptionEvent {}
