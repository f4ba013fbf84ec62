package io.usance.subscription.customer;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * Which event subjects are a customer's, besides its key and its id.
 *
 * @param subjectKeys each once, in the caller's order
 */
record UsageAttribution(List<String> subjectKeys) {
    static final UsageAttribution NONE = new UsageAttribution(List.of());

    UsageAttribution {
        subjectKeys = List.copyOf(new LinkedHashSet<>(subjectKeys));
    }
}
