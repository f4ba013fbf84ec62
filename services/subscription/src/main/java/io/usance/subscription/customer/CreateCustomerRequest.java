package io.usance.subscription.customer;

import io.usance.contracts.subscription.Address;
import io.usance.runtime.wire.WireSchema;
import java.util.Map;

/** @param usageAttribution null for none besides key and id */
@WireSchema(value = "CreateCustomerRequest", shorthand = UsageAttributionShorthand.class)
record CreateCustomerRequest(
        String key,
        String name,
        String description,
        Map<String, String> labels,
        UsageAttribution usageAttribution,
        String primaryEmail,
        String currency,
        Address billingAddress)
        implements CustomerDetails {}
