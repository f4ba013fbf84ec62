package io.usance.catalog.meter;

import io.usance.contracts.catalog.Meter;
import io.usance.kernel.meter.MeterAggregation;
import io.usance.runtime.database.LabelsColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.PartitionKey;

/** A meter; its version is the sequence of its events. */
@Entity
@Table(name = "meter")
class MeterRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    String key;
    String name;
    String description;

    @Convert(converter = LabelsColumn.class)
    Map<String, String> labels;

    @Enumerated(EnumType.STRING)
    MeterAggregation aggregation;

    String eventType;
    Instant eventsFrom;
    String valueProperty;

    @Convert(converter = LabelsColumn.class)
    Map<String, String> dimensions;

    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;

    @Version
    long version;

    Meter toMeter() {
        return new Meter(id, key, name, aggregation, eventType, eventsFrom, valueProperty, dimensions);
    }
}
