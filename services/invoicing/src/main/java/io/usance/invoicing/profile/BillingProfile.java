package io.usance.invoicing.profile;

/** How a tenant's invoices are made. @param id ULID */
public record BillingProfile(String id, String name) {}
