package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.contracts.catalog.FeatureMeter;
import java.time.Instant;
import java.util.Map;

/** A feature as it is sent. */
record FeatureView(
        String id,
        String key,
        String name,
        String description,
        Map<String, String> labels,
        FeatureMeter meter,
        JsonNode unitCost,
        Instant createdAt,
        Instant updatedAt,
        Instant deletedAt) {
    /** @param unitCost with the price that it leads to, as far as that is known */
    static FeatureView of(FeatureRow row, JsonNode unitCost) {
        return new FeatureView(
                row.id,
                row.key,
                row.name,
                row.description,
                row.labels,
                row.meter(),
                unitCost,
                row.createdAt,
                row.updatedAt,
                row.deletedAt);
    }
}
