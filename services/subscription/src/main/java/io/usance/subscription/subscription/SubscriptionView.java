package io.usance.subscription.subscription;

import io.usance.contracts.catalog.RateCard;
import io.usance.subscription.subscription.model.Span;
import io.usance.subscription.subscription.model.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A subscription as it is at one moment.
 *
 * @param planId the same as {@code plan.id}, for older clients
 * @param costBasisPins always empty: there are no currencies but the invoice's
 * @param currentPeriod null while the subscription does not run
 * @param phases those that the subscription reaches before it ends
 */
record SubscriptionView(
        String id,
        Map<String, String> labels,
        Instant createdAt,
        Instant updatedAt,
        String name,
        String description,
        Instant activeFrom,
        Instant activeTo,
        String customerId,
        String planId,
        PlanView plan,
        String invoiceCurrency,
        String costBasisMode,
        List<Object> costBasisPins,
        String billingCadence,
        ProRatingView proRatingConfig,
        Instant billingAnchor,
        String status,
        String settlementMode,
        PeriodView currentPeriod,
        List<PhaseView> phases) {

    record PlanView(String id, String key, int version) {}

    record ProRatingView(boolean enabled, String mode) {}

    record PeriodView(Instant from, Instant to) {}

    record PhaseView(
            String id,
            String key,
            String name,
            String description,
            Map<String, String> labels,
            Instant createdAt,
            Instant updatedAt,
            Instant activeFrom,
            Instant activeTo,
            List<ItemView> items) {}

    record ItemView(String id, Instant activeFrom, Instant activeTo, RateCard rateCard) {}

    static SubscriptionView of(SubscriptionRow row, Instant now) {
        Term term = row.term();
        return new SubscriptionView(
                row.id,
                row.labels,
                row.createdAt,
                row.updatedAt,
                row.name,
                row.description,
                row.activeFrom,
                row.activeTo,
                row.customerId,
                row.planId,
                new PlanView(row.planId, row.planKey, row.planVersion),
                row.invoiceCurrency,
                row.costBasisMode,
                List.of(),
                row.billingCadence,
                new ProRatingView(row.proRatingEnabled, row.proRatingEnabled ? "prorate_prices" : "no_proration"),
                row.billingAnchor,
                term.statusAt(now).wireName(),
                row.settlementMode,
                term.currentPeriodAt(now)
                        .map(period -> new PeriodView(period.start(), period.end()))
                        .orElse(null),
                phases(row, term));
    }

    private static List<PhaseView> phases(SubscriptionRow row, Term term) {
        List<PhaseView> phases = new ArrayList<>();
        List<Span> spans = term.phases();
        for (int i = 0; i < spans.size(); i++) {
            phases.add(phase(row, row.phases.get(i), spans.get(i)));
        }
        return phases;
    }

    private static PhaseView phase(SubscriptionRow row, PlannedPhase phase, Span span) {
        return new PhaseView(
                phase.id(),
                phase.key(),
                phase.name(),
                phase.description(),
                phase.labels(),
                row.createdAt,
                row.updatedAt,
                span.start(),
                span.end(),
                phase.items().stream()
                        .map(item -> new ItemView(item.id(), span.start(), span.end(), item.rateCard()))
                        .toList());
    }
}
