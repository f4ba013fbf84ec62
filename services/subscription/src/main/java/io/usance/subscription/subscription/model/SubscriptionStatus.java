package io.usance.subscription.subscription.model;

import static io.usance.subscription.subscription.model.SubscriptionAction.CANCEL;
import static io.usance.subscription.subscription.model.SubscriptionAction.UNSCHEDULE_CANCELATION;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a subscription is in its life. Nobody sets it: it follows from the subscription's times and the clock. */
public enum SubscriptionStatus {
    /** Starts later. */
    SCHEDULED,
    /** Runs, and no end is set. */
    ACTIVE,
    /** Runs to an end that is set. */
    CANCELED,
    /** Is over. */
    INACTIVE;

    private static final Map<SubscriptionStatus, Set<SubscriptionAction>> ALLOWED = Map.of(
            SCHEDULED, Set.of(),
            ACTIVE, Set.of(CANCEL),
            CANCELED, Set.of(UNSCHEDULE_CANCELATION),
            INACTIVE, Set.of());

    public boolean allows(SubscriptionAction action) {
        return ALLOWED.get(this).contains(action);
    }

    /** Whether it holds the one place that a customer has for a subscription. */
    public boolean isLive() {
        return this != INACTIVE;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SubscriptionStatus> parse(String wireName) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(wireName))
                .findFirst();
    }
}
