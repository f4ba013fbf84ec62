package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.contracts.catalog.DimensionFilterSpec;
import io.usance.contracts.catalog.Feature;
import io.usance.contracts.catalog.FeatureMeter;
import io.usance.runtime.database.LabelsColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.PartitionKey;

/** A feature; its version is the sequence of its events. */
@Entity
@Table(name = "feature")
class FeatureRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    String key;
    String name;
    String description;

    @Convert(converter = LabelsColumn.class)
    Map<String, String> labels;

    /** Null for a feature without usage. */
    String meterId;

    /** Null for all of the meter's events. */
    @Convert(converter = FiltersColumn.class)
    Map<String, DimensionFilterSpec> meterFilters;

    @Convert(converter = UnitCostColumn.class)
    JsonNode unitCost;

    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;

    @Version
    long version;

    boolean isArchived() {
        return deletedAt != null;
    }

    Feature toFeature() {
        return new Feature(id, key, name, meter());
    }

    FeatureMeter meter() {
        return meterId == null ? null : new FeatureMeter(meterId, meterFilters);
    }
}
