package io.usance.subscription.subscription;

import io.usance.runtime.wire.WireSchema;
import io.usance.subscription.subscription.model.CancelTiming;
import java.time.OffsetDateTime;

/** @param timing {@code immediate} (null), {@code next_billing_cycle} or an RFC 3339 time */
@WireSchema("BillingSubscriptionCancel")
record CancelSubscriptionRequest(String timing) {
    CancelTiming when() {
        return switch (timing) {
            case null -> new CancelTiming.Immediate();
            case "immediate" -> new CancelTiming.Immediate();
            case "next_billing_cycle" -> new CancelTiming.NextBillingCycle();
            default -> new CancelTiming.At(OffsetDateTime.parse(timing).toInstant());
        };
    }
}
