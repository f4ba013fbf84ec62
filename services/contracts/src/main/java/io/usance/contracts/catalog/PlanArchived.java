package io.usance.contracts.catalog;

import java.time.Instant;

/** A plan version can no longer be subscribed to; its subscriptions go on. */
public record PlanArchived(String planId, Instant archivedAt) implements CatalogEvent {}
