package io.usance.contracts.catalog;

import java.util.Map;

/**
 * The meter a feature counts with.
 *
 * @param id ULID of the meter
 * @param filters dimension name to condition, at most 10, all must hold; null or empty takes every event of the meter
 */
public record FeatureMeter(String id, Map<String, DimensionFilterSpec> filters) {}
