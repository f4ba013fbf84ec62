package io.usance.runtime.lamp;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** A lamp, as the service that owns it keeps it. */
@Entity
@Table(name = "lamp")
@IdClass(LampRow.Key.class)
public class LampRow {
    @Id
    String namespace;

    @Id
    String id;

    String color;
    long version;

    record Key(String namespace, String id) {}
}
