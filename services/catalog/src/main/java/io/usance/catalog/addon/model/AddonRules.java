package io.usance.catalog.addon.model;

import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.model.PlanRules;
import io.usance.catalog.plan.model.References;
import io.usance.contracts.catalog.RateCardPrice;
import java.util.ArrayList;
import java.util.List;

/** What an add-on must keep before it is published; a draft may be wrong in it. */
public final class AddonRules {
    private static final String RATE_CARDS = "rate_cards";

    /**
     * Every violation that stands in the way of publishing.
     *
     * @param references at least what the add-on refers to, as far as it exists
     */
    public static List<Violation> violations(AddonTerms addon, References references) {
        List<Violation> violations = new ArrayList<>();
        if (addon.rateCards().isEmpty()) {
            violations.add(new Violation("addon_has_no_rate_cards", "an add-on needs a rate card", RATE_CARDS));
        }
        violations.addAll(PlanRules.ofRateCards(addon.currency(), addon.rateCards(), RATE_CARDS, references));
        if (addon.instanceType() == InstanceType.MULTIPLE) {
            violations.addAll(ofPricesOfMany(addon));
        }
        return violations;
    }

    /** So many times a price by usage has no meaning: the usage stays the same. */
    private static List<Violation> ofPricesOfMany(AddonTerms addon) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < addon.rateCards().size(); i++) {
            if (!isFlatOrFree(addon.rateCards().get(i).price())) {
                violations.add(new Violation(
                        "addon_invalid_ratecard_price_for_multi_instance",
                        "an add-on that can be bought several times has flat and free prices only:"
                                + " make the price flat, or instance_type single",
                        "%s[%d].price".formatted(RATE_CARDS, i)));
            }
        }
        return violations;
    }

    private static boolean isFlatOrFree(RateCardPrice price) {
        return switch (price) {
            case RateCardPrice.Free free -> true;
            case RateCardPrice.Flat flat -> true;
            case RateCardPrice.Unit unit -> false;
            case RateCardPrice.Graduated graduated -> false;
            case RateCardPrice.Volume volume -> false;
        };
    }

    private AddonRules() {}
}
