package io.usance.catalog.llm;

import io.usance.contracts.catalog.LlmPricing;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.PartitionKey;

/** What a tenant says that a model costs for a while. Of one model and currency no two hold at the same time. */
@Entity
@Table(name = "llm_price_override")
class LlmOverrideRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    String provider;
    String modelId;
    String modelName;

    @Convert(converter = PricingColumn.class)
    LlmPricing pricing;

    String currency;
    Instant effectiveFrom;
    Instant effectiveTo;
    Instant replacedAt;
    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;

    @Version
    long version;

    /** From {@code start} on another one holds: this one ends there, and goes if nothing is left of it. */
    void giveWay(Instant start, Instant now) {
        if (!effectiveFrom.isBefore(start)) {
            deletedAt = now;
            updatedAt = now;
        } else if (effectiveTo == null || effectiveTo.isAfter(start)) {
            effectiveTo = start;
            updatedAt = now;
        }
        if (replacedAt == null) {
            replacedAt = now;
        }
    }
}
