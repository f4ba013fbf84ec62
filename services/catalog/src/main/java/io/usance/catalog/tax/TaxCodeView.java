package io.usance.catalog.tax;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A tax code as it is sent. */
record TaxCodeView(
        String id,
        String key,
        String name,
        String description,
        Map<String, String> labels,
        List<AppMapping> appMappings,
        Instant createdAt,
        Instant updatedAt,
        Instant deletedAt) {
    static TaxCodeView of(TaxCodeRow row) {
        return new TaxCodeView(
                row.id,
                row.key,
                row.name,
                row.description,
                row.labels,
                row.appMappings,
                row.createdAt,
                row.updatedAt,
                row.deletedAt);
    }
}
