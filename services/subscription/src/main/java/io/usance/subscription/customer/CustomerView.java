package io.usance.subscription.customer;

import io.usance.contracts.subscription.Address;
import java.time.Instant;
import java.util.Map;

record CustomerView(
        String id,
        String key,
        String name,
        String description,
        Map<String, String> labels,
        UsageAttribution usageAttribution,
        String primaryEmail,
        String currency,
        Address billingAddress,
        Instant createdAt,
        Instant updatedAt,
        Instant deletedAt) {

    static CustomerView of(CustomerRow row) {
        return new CustomerView(
                row.id,
                row.key,
                row.name,
                row.description,
                row.labels,
                new UsageAttribution(row.subjectKeys),
                row.primaryEmail,
                row.currency,
                row.billingAddress,
                row.createdAt,
                row.updatedAt,
                row.deletedAt);
    }
}
