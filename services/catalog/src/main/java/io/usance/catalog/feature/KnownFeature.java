package io.usance.catalog.feature;

import io.usance.contracts.catalog.Feature;

/** A feature as those see it who refer to it. */
public record KnownFeature(Feature feature, boolean isArchived) {
    public String id() {
        return feature.id();
    }

    public String key() {
        return feature.key();
    }
}
