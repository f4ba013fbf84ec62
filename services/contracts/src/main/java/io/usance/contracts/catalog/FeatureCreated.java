package io.usance.contracts.catalog;

/** A feature can be used in plans from now on. */
public record FeatureCreated(Feature feature) implements CatalogEvent {}
