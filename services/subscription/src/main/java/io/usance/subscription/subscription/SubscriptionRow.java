package io.usance.subscription.subscription;

import io.usance.contracts.catalog.Feature;
import io.usance.contracts.subscription.Subscription;
import io.usance.kernel.time.BillingAnchor;
import io.usance.kernel.time.Cadence;
import io.usance.runtime.database.LabelsColumn;
import io.usance.subscription.subscription.model.Span;
import io.usance.subscription.subscription.model.Term;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.PartitionKey;

/** A subscription. Only its end changes, under a lock on the row. */
@Entity
@Table(name = "subscription")
class SubscriptionRow {
    @PartitionKey
    String namespace;

    @Id
    String id;

    String customerId;
    String planId;
    String planKey;
    int planVersion;
    String name;
    String description;

    @Convert(converter = LabelsColumn.class)
    Map<String, String> labels;

    String invoiceCurrency;
    String billingCadence;
    Instant billingAnchor;
    boolean proRatingEnabled;
    String settlementMode;
    String costBasisMode;
    Instant activeFrom;
    Instant activeTo;

    @Convert(converter = PhasesColumn.class)
    List<PlannedPhase> phases;

    @Convert(converter = FeaturesColumn.class)
    List<Feature> features;

    Instant createdAt;
    Instant updatedAt;

    /** Counts the changes; the event that tells of a change carries it. */
    long sequence;

    Term term() {
        return new Term(
                activeFrom,
                activeTo,
                new BillingAnchor(billingAnchor, ZoneOffset.UTC, Cadence.parse(billingCadence)),
                phases.stream().map(PlannedPhase::activeFrom).toList());
    }

    /** Takes over the end of {@code changed}. */
    void end(Term changed, Instant now) {
        activeTo = changed.activeTo();
        changed(now);
    }

    void changed(Instant now) {
        updatedAt = now;
        sequence++;
    }

    Subscription toContract() {
        return new Subscription(
                id,
                customerId,
                new Subscription.PlanReference(planId, planKey, planVersion),
                name,
                invoiceCurrency,
                billingCadence,
                billingAnchor,
                activeFrom,
                activeTo,
                proRatingEnabled,
                settlementMode,
                phasesReached(),
                features);
    }

    private List<Subscription.Phase> phasesReached() {
        List<Subscription.Phase> reached = new ArrayList<>();
        List<Span> spans = term().phases();
        for (int i = 0; i < spans.size(); i++) {
            reached.add(phase(phases.get(i), spans.get(i)));
        }
        return reached;
    }

    private static Subscription.Phase phase(PlannedPhase phase, Span span) {
        return new Subscription.Phase(
                phase.id(),
                phase.key(),
                phase.name(),
                phase.description(),
                span.start(),
                span.end(),
                phase.items().stream()
                        .map(item -> new Subscription.Item(item.id(), span.start(), span.end(), item.rateCard()))
                        .toList());
    }
}
