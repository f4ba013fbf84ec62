package io.usance.contracts.subscription;

/** What is published on {@link io.usance.contracts.Topics#SUBSCRIPTION}. */
public sealed interface SubscriptionEvent
        permits CustomerCreated,
                CustomerUpdated,
                CustomerDeleted,
                SubscriptionCreated,
                SubscriptionCanceled,
                SubscriptionCancelationUnscheduled {}
