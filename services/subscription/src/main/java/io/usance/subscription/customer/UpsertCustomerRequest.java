package io.usance.subscription.customer;

import io.usance.contracts.subscription.Address;
import io.usance.runtime.wire.WireSchema;
import java.util.Map;

/** Replaces everything: what is left out is empty afterwards. */
@WireSchema(value = "UpsertCustomerRequest", shorthand = UsageAttributionShorthand.class)
record UpsertCustomerRequest(
        String name,
        String description,
        Map<String, String> labels,
        UsageAttribution usageAttribution,
        String primaryEmail,
        String currency,
        Address billingAddress)
        implements CustomerDetails {}
