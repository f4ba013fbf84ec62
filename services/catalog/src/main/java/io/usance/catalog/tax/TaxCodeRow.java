package io.usance.catalog.tax;

import io.usance.runtime.database.LabelsColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.PartitionKey;

/** A tax code, of one tenant or of all. */
@Entity
@Table(name = "tax_code")
class TaxCodeRow {
    /** Empty for a code that every tenant has. */
    @PartitionKey
    String namespace;

    @Id
    String id;

    String key;
    String name;
    String description;

    @Convert(converter = LabelsColumn.class)
    Map<String, String> labels;

    @Convert(converter = AppMappingsColumn.class)
    List<AppMapping> appMappings;

    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;

    @Version
    long version;

    boolean isDeleted() {
        return deletedAt != null;
    }
}
