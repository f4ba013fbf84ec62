package io.usance.catalog.addon;

/** A version of an add-on by its ULID. */
record AddonReference(String id) {}
