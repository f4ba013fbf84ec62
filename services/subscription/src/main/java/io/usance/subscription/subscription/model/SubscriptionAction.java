package io.usance.subscription.subscription.model;

/** What a caller can do with a subscription; {@link SubscriptionStatus} says when. */
public enum SubscriptionAction {
    /** Set an end. */
    CANCEL,
    /** Take back an end that has not come yet. */
    UNSCHEDULE_CANCELATION
}
