package io.usance.catalog.addon;

import io.usance.catalog.addon.model.AddonStatus;
import io.usance.catalog.addon.model.AddonTerms;
import io.usance.catalog.addon.model.InstanceType;
import io.usance.catalog.plan.RateCardReferences;
import io.usance.contracts.catalog.RateCard;
import io.usance.runtime.database.LabelsColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.PartitionKey;

/** One version of an add-on. */
@Entity
@Table(name = "addon")
class AddonRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    String key;
    int version;
    String name;
    String description;

    @Convert(converter = LabelsColumn.class)
    Map<String, String> labels;

    String instanceType;
    String currency;

    @Convert(converter = RateCardsColumn.class)
    List<RateCard> rateCards;

    Instant effectiveFrom;
    Instant effectiveTo;
    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;

    /** The present, never before the last change, of which another may have learned from a clock that is ahead. */
    Instant now(Clock clock) {
        Instant now = clock.instant();
        return now.isBefore(updatedAt) ? updatedAt : now;
    }

    AddonStatus status(Instant now) {
        return AddonStatus.at(now, effectiveFrom, effectiveTo);
    }

    /** What its rate cards refer to. */
    RateCardReferences.Named named() {
        return RateCardReferences.Named.in(currency, rateCards);
    }

    AddonTerms toTerms(Instant now) {
        return new AddonTerms(
                title(), status(now), deletedAt != null, InstanceType.of(instanceType), currency, rateCards);
    }

    /** For a person. */
    String title() {
        return "add-on %s version %d".formatted(key, version);
    }
}
