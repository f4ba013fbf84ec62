package io.usance.subscription.subscription.model;

import java.time.Instant;

/** When a canceled subscription ends. */
public sealed interface CancelTiming {
    /** At once. */
    record Immediate() implements CancelTiming {}

    /** When the current billing period does. */
    record NextBillingCycle() implements CancelTiming {}

    /** At a boundary between two billing periods. */
    record At(Instant end) implements CancelTiming {}
}
