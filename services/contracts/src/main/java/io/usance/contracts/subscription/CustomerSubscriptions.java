package io.usance.contracts.subscription;

import java.util.List;

/** Subscription's answer to invoicing: a customer with every subscription that is not over yet or ended lately. */
public record CustomerSubscriptions(Customer customer, List<Subscription> subscriptions) {}
