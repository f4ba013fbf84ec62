package io.usance.catalog.template;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** A ready-made meter of a tenant's own. */
@Entity
@Table(name = "meter_template")
@IdClass(MeterTemplateRow.Key.class)
class MeterTemplateRow {
    @Id
    String namespace;

    @Id
    String id;

    String name;
    String description;

    @Convert(converter = MeterColumn.class)
    JsonNode meter;

    Instant createdAt;

    record Key(String namespace, String id) implements Serializable {}

    MeterTemplate toTemplate() {
        return new MeterTemplate(id, name, description, meter, true);
    }
}
