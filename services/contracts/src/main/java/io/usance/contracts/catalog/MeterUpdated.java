package io.usance.contracts.catalog;

/** A meter's name or dimensions changed; everything else about a meter is immutable. */
public record MeterUpdated(Meter meter) implements CatalogEvent {}
