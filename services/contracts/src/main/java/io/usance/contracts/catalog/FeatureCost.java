package io.usance.contracts.catalog;

/**
 * What it takes to put a cost on a feature's usage.
 *
 * @param unitCost null when there is none
 */
public record FeatureCost(Feature feature, UnitCost unitCost) {}
