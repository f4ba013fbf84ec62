package io.usance.contracts.catalog;

import java.time.Instant;

/** A feature can no longer be put into plans; what uses it already goes on. */
public record FeatureArchived(String featureId, Instant archivedAt) implements CatalogEvent {}
