package io.usance.ingestion.customer;

/**
 * Whose usage it is.
 *
 * @param id ULID
 * @param key the caller's own name for the customer
 */
public record KnownCustomer(String id, String key, String name) {}
