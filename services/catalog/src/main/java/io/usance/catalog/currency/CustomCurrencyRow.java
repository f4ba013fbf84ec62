package io.usance.catalog.currency;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.PartitionKey;

/** A currency of a tenant's own. It never changes, and it is never deleted: amounts in it stay. */
@Entity
@Immutable
@Table(name = "custom_currency")
class CustomCurrencyRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    String code;
    String name;
    String symbol;
    int precision;
    String decimalMark;
    String thousandSeparator;
    Instant createdAt;
}
