package io.usance.catalog.plan.model;

/** What a plan has to know of a tax code. */
public record TaxCodeState(String key, boolean isDeleted) {}
