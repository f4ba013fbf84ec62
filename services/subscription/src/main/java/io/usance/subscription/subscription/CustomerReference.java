package io.usance.subscription.subscription;

/** A customer by its id or by its key. */
record CustomerReference(String id, String key) {}
