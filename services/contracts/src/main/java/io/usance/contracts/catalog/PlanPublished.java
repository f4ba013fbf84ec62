package io.usance.contracts.catalog;

/** A plan version can be subscribed to from its {@code effectiveFrom} on. */
public record PlanPublished(Plan plan) implements CatalogEvent {}
