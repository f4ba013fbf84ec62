package io.usance.catalog.currency;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.PartitionKey;

/** What a unit of a currency is worth in a fiat currency, and when. Only its end changes: when another one takes over. */
@Entity
@Table(name = "cost_basis")
class CostBasisRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    String currencyId;
    String fiatCode;
    BigDecimal rate;
    Instant effectiveFrom;

    /** Exclusive; null until there is another one. */
    Instant effectiveTo;

    Instant createdAt;

    @Version
    long version;

    /** Whether {@code instant} is before the end. */
    boolean isOpenAt(Instant instant) {
        return effectiveTo == null || instant.isBefore(effectiveTo);
    }
}
