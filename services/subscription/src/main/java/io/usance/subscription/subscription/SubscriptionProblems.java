package io.usance.subscription.subscription;

import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.problem.ValidationError;
import io.usance.subscription.subscription.model.SubscriptionAction;
import io.usance.subscription.subscription.model.SubscriptionStatus;
import java.util.Locale;
import java.util.Map;

/** The refusals of this feature that have a code. */
final class SubscriptionProblems {

    /** 409: the customer has a subscription that is not over. */
    static ProblemException onlyOneAtATime() {
        return Problems.refused(
                ProblemType.RESOURCE_CONFLICT,
                new ValidationError(
                        "only_single_subscription_allowed_per_customer_at_a_time",
                        "the customer has a subscription that is not over; cancel it first, or wait for its end",
                        "customer"));
    }

    /** 409: not with a subscription of this status. */
    static ProblemException notAllowed(SubscriptionAction action, SubscriptionStatus status) {
        String verb = action.name().toLowerCase(Locale.ROOT);
        return Problems.refused(
                ProblemType.RESOURCE_CONFLICT,
                new ValidationError(
                        "subscription_action_not_allowed",
                        "%s is not possible while the subscription is %s".formatted(verb, status.wireName()),
                        null,
                        Map.of("action", verb, "status", status.wireName())));
    }

    private SubscriptionProblems() {}
}
