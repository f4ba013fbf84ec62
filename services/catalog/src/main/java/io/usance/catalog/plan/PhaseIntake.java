package io.usance.catalog.plan;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.feature.FeatureLookup;
import io.usance.catalog.feature.KnownFeature;
import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.FeatureReference;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.contracts.catalog.RateCard;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the phases of a request: within the limits, and with features named by key replaced by their ids. */
@ApplicationScoped
class PhaseIntake {
    static final int PHASES_MAX = 50;

    /** Over all phases of a plan. */
    static final int RATE_CARDS_MAX = 1_000;

    @Inject
    FeatureLookup features;

    /**
     * Every fault in form that the schema cannot express.
     *
     * @param labels of the plan itself
     */
    static void refuseMalformed(Map<String, String> labels, List<PlanPhase> phases) {
        List<InvalidParameter> faults = new ArrayList<>(Labels.faults("labels", labels));
        int rateCards =
                phases.stream().mapToInt(phase -> phase.rateCards().size()).sum();
        if (phases.size() > PHASES_MAX) {
            faults.add(InvalidParameter.body("phases", "max_items", "must have at most " + PHASES_MAX + " items")
                    .withMaximum(PHASES_MAX));
        } else if (rateCards > RATE_CARDS_MAX) {
            faults.add(InvalidParameter.body(
                            "phases", "max_items", "must have at most " + RATE_CARDS_MAX + " rate cards in all")
                    .withMaximum(RATE_CARDS_MAX));
        } else {
            for (int i = 0; i < phases.size(); i++) {
                String path = "phases[" + i + "]";
                faults.addAll(Labels.faults(path + ".labels", phases.get(i).labels()));
                List<RateCard> cards = phases.get(i).rateCards();
                for (int j = 0; j < cards.size(); j++) {
                    faults.addAll(Labels.faults(
                            path + ".rate_cards[" + j + "].labels", cards.get(j).labels()));
                }
            }
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    /** Fails with 400 when a key names no living feature. */
    Uni<List<PlanPhase>> resolve(String namespace, List<PlanPhase> phases) {
        Set<String> keys = new HashSet<>();
        phases.forEach(phase -> phase.rateCards().forEach(card -> {
            if (isByKey(card)) {
                keys.add(card.feature().key());
            }
        }));
        if (keys.isEmpty()) {
            return Uni.createFrom().item(phases);
        }
        return features.byKeys(namespace, keys)
                .map(known -> known.stream().collect(Collectors.toMap(KnownFeature::key, KnownFeature::id)))
                .invoke(idsByKey -> refuseUnknown(phases, idsByKey))
                .map(idsByKey -> withIds(phases, idsByKey));
    }

    private static void refuseUnknown(List<PlanPhase> phases, Map<String, String> idsByKey) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            List<RateCard> cards = phases.get(i).rateCards();
            for (int j = 0; j < cards.size(); j++) {
                if (isByKey(cards.get(j))
                        && !idsByKey.containsKey(cards.get(j).feature().key())) {
                    violations.add(new Violation(
                            "rate_card_feature_not_found",
                            "there is no feature with key "
                                    + cards.get(j).feature().key(),
                            "phases[%d].rate_cards[%d].feature.key".formatted(i, j)));
                }
            }
        }
        Refusal.unless(violations);
    }

    private static List<PlanPhase> withIds(List<PlanPhase> phases, Map<String, String> idsByKey) {
        return phases.stream()
                .map(phase -> new PlanPhase(
                        phase.key(),
                        phase.name(),
                        phase.description(),
                        phase.labels(),
                        phase.duration(),
                        phase.rateCards().stream()
                                .map(card -> isByKey(card)
                                        ? withFeature(
                                                card,
                                                idsByKey.get(card.feature().key()))
                                        : card)
                                .toList()))
                .toList();
    }

    private static boolean isByKey(RateCard card) {
        return card.feature() != null && card.feature().id() == null;
    }

    private static RateCard withFeature(RateCard card, String id) {
        return new RateCard(
                card.key(),
                card.name(),
                card.description(),
                card.labels(),
                new FeatureReference(id),
                card.currency(),
                card.billingCadence(),
                card.price(),
                card.unitConfig(),
                card.paymentTerm(),
                card.commitments(),
                card.discounts(),
                card.taxConfig(),
                card.entitlement());
    }
}
