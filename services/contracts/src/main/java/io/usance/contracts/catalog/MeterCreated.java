package io.usance.contracts.catalog;

/** A meter exists from now on and counts the history of its event type too. */
public record MeterCreated(Meter meter) implements CatalogEvent {}
