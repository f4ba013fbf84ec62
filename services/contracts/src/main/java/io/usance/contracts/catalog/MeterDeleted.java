package io.usance.contracts.catalog;

import java.time.Instant;

/** A meter is gone; its key may be taken by another. */
public record MeterDeleted(String meterId, Instant deletedAt) implements CatalogEvent {}
