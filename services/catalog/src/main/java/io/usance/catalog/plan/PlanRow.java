package io.usance.catalog.plan;

import io.usance.catalog.plan.model.PlanStatus;
import io.usance.contracts.catalog.Feature;
import io.usance.contracts.catalog.Plan;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.runtime.database.LabelsColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.PartitionKey;

/** One version of a plan; its revision is the sequence of its events. */
@Entity
@Table(name = "plan")
class PlanRow {
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

    String currency;
    String billingCadence;
    boolean proRatingEnabled;
    String settlementMode;

    @Convert(converter = PhasesColumn.class)
    List<PlanPhase> phases;

    Instant effectiveFrom;
    Instant effectiveTo;
    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;

    @Version
    long revision;

    /**
     * The present, for who has locked this row. Read after the lock and never before the last change, of which another may
     * have learned from a clock that is ahead: or what was just published would seem to be so only later.
     */
    Instant now(Clock clock) {
        Instant now = clock.instant();
        return now.isBefore(updatedAt) ? updatedAt : now;
    }

    PlanStatus status(Instant now) {
        return PlanStatus.at(now, effectiveFrom, effectiveTo);
    }

    /** What its rate cards refer to. */
    RateCardReferences.Named named() {
        return RateCardReferences.Named.in(
                currency,
                phases.stream().flatMap(phase -> phase.rateCards().stream()).toList());
    }

    /** Ids of the features that rate cards name, each once. */
    Set<String> featureIds() {
        return named().featureIds();
    }

    Plan toPlan(List<Feature> features) {
        return new Plan(
                id,
                key,
                version,
                name,
                description,
                currency,
                billingCadence,
                proRatingEnabled,
                settlementMode,
                effectiveFrom,
                effectiveTo,
                phases,
                features);
    }

    KnownPlan toKnown(Instant now) {
        return new KnownPlan(id, title(), status(now), deletedAt != null, currency, billingCadence, phases);
    }

    /** For a person. */
    String title() {
        return "plan %s version %d".formatted(key, version);
    }
}
