package io.usance.catalog.plan.model;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.kernel.time.Cadence;
import java.util.Map;
import java.util.Optional;

/**
 * A rate card with what is around it.
 *
 * @param path of the rate card, e.g. {@code phases[0].rate_cards[1]}
 * @param references at least what the rate card refers to, as far as it exists
 * @param planCurrency of the plan or add-on
 * @param planCadence null when the plan's own is not valid, or there is no plan yet
 */
record RateCardInPlan(RateCard card, String path, References references, String planCurrency, Cadence planCadence) {

    /** Null when the rate card names none, or one that does not exist. */
    FeatureState feature() {
        return card.feature() == null
                ? null
                : references.features().get(card.feature().id());
    }

    /** Null when the rate card names none, or one that does not exist. */
    TaxCodeState taxCode() {
        return card.taxCodeId() == null ? null : references.taxCodes().get(card.taxCodeId());
    }

    /** Whether it names a currency that is the tenant's own. */
    boolean isInCustomCurrency() {
        return card.currency() != null && references.customCurrencies().contains(card.currency());
    }

    /** Whether the amount depends on usage. */
    boolean isUsageBased() {
        return switch (card.price()) {
            case RateCardPrice.Free free -> false;
            case RateCardPrice.Flat flat -> false;
            case RateCardPrice.Unit unit -> true;
            case RateCardPrice.Graduated graduated -> true;
            case RateCardPrice.Volume volume -> true;
        };
    }

    /** Whether it makes invoice lines at all. */
    boolean isPriced() {
        return !(card.price() instanceof RateCardPrice.Free);
    }

    /** The billing cadence, if there is a valid one. */
    Optional<Cadence> cadence() {
        return Optional.ofNullable(card.billingCadence())
                .flatMap(Cadence::tryParse)
                .filter(cadence -> cadence.isAtLeast(PlanRules.CADENCE_MIN));
    }

    Violation violation(String code, String field, String message) {
        return new Violation(code, message, path + "." + field);
    }

    Violation violation(String code, String field, String message, Map<String, Object> attributes) {
        return new Violation(code, message, path + "." + field, attributes);
    }
}
