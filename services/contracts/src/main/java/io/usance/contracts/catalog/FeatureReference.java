package io.usance.contracts.catalog;

/**
 * A feature by its ULID.
 *
 * @param key in requests, instead of the id; null everywhere else
 */
public record FeatureReference(String id, String key) {
    public FeatureReference(String id) {
        this(id, null);
    }
}
