package io.usance.catalog.addon.model;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.RateCard.BooleanEntitlement;
import io.usance.contracts.catalog.RateCard.Entitlement;
import io.usance.contracts.catalog.RateCard.MeteredEntitlement;
import io.usance.contracts.catalog.RateCard.StaticEntitlement;
import io.usance.contracts.catalog.RateCard.UnitConfig;
import io.usance.contracts.catalog.RateCardPrice;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a rate card of an add-on must keep where the plan has one with the same key. Flat prices, metered allowances and
 * access add up; what does not must come in a rate card with another key.
 */
final class RateCardExtensionRules {
    private static final List<Function<RateCardExtension, Optional<Violation>>> RULES = List.of(
            RateCardExtensionRules::priceTypesMatch,
            RateCardExtensionRules::onlyFlatPricesAddUp,
            RateCardExtensionRules::paymentTermsMatch,
            RateCardExtensionRules::unitConfigsMatch,
            RateCardExtensionRules::cadencesMatch,
            RateCardExtensionRules::entitlementsAddUp,
            RateCardExtensionRules::noPercentageDiscountIsAdded);

    /** Every violation, in the order of the rules. */
    static Stream<Violation> violations(RateCardExtension extension) {
        return RULES.stream().map(rule -> rule.apply(extension)).flatMap(Optional::stream);
    }

    // ------------------------------------------------------------------ price

    private static Optional<Violation> priceTypesMatch(RateCardExtension it) {
        return when(
                it.areBothPriced() && !haveSamePriceType(it),
                () -> it.violation(
                        "rate_card_price_type_mismatch",
                        "price",
                        "a %s price cannot be added to the plan's %s price: use the same type, free, or another key"
                                .formatted(
                                        typeOf(it.added().price()),
                                        typeOf(it.base().price()))));
    }

    private static Optional<Violation> onlyFlatPricesAddUp(RateCardExtension it) {
        return when(
                it.areBothPriced() && haveSamePriceType(it) && !(it.added().price() instanceof RateCardPrice.Flat),
                () -> it.violation(
                        "rate_card_only_flat_price_allowed",
                        "price",
                        "only flat prices add up, and the plan prices the same usage: make the price free, or use another key"));
    }

    private static Optional<Violation> paymentTermsMatch(RateCardExtension it) {
        return when(
                it.base().price() instanceof RateCardPrice.Flat
                        && it.added().price() instanceof RateCardPrice.Flat
                        && !it.base().paymentTerm().equals(it.added().paymentTerm()),
                () -> it.violation(
                        "rate_card_price_payment_term_mismatch",
                        "payment_term",
                        "must be %s as in the plan".formatted(it.base().paymentTerm())));
    }

    private static Optional<Violation> unitConfigsMatch(RateCardExtension it) {
        return when(
                it.areBothPriced()
                        && haveSamePriceType(it)
                        && !convertAlike(it.base().unitConfig(), it.added().unitConfig()),
                () -> it.violation(
                        "addon_rate_card_unit_config_mismatch",
                        "unit_config",
                        "must convert as the plan's rate card does: use the same unit_config"));
    }

    private static Optional<Violation> cadencesMatch(RateCardExtension it) {
        // Once and each month do not add up; beside free, what is left out is just not said.
        boolean mustBeGiven = it.areBothPriced();
        boolean areGiven = it.base().billingCadence() != null && it.added().billingCadence() != null;
        return when(
                (mustBeGiven || areGiven)
                        && !RateCardExtension.cadence(it.base()).equals(RateCardExtension.cadence(it.added())),
                () -> it.violation(
                        "rate_card_billing_cadence_mismatch",
                        "billing_cadence",
                        it.base().billingCadence() == null
                                ? "must be left out: the plan's rate card is due once"
                                : "must be %s as in the plan"
                                        .formatted(it.base().billingCadence())));
    }

    private static Optional<Violation> noPercentageDiscountIsAdded(RateCardExtension it) {
        return when(
                it.added().discounts() != null && it.added().discounts().percentage() != null,
                () -> it.violation(
                        "rate_card_percentage_discount_not_allowed",
                        "discounts.percentage",
                        "would change what the plan costs: leave it out, or use another key"));
    }

    // ------------------------------------------------------------------ entitlement

    private static Optional<Violation> entitlementsAddUp(RateCardExtension it) {
        Entitlement base = it.base().entitlement();
        Entitlement added = it.added().entitlement();
        if (base == null || added == null) {
            return Optional.empty();
        }
        if (!base.getClass().equals(added.getClass())) {
            return Optional.of(it.violation(
                    "rate_card_entitlement_template_type_mismatch",
                    "entitlement",
                    "a %s entitlement cannot be added to the plan's %s one: use the same type, or leave it out"
                            .formatted(typeOf(added), typeOf(base))));
        }
        return switch (added) {
            case BooleanEntitlement access -> Optional.empty();
            case StaticEntitlement configuration ->
                Optional.of(it.violation(
                        "rate_card_static_entitlement_template_not_allowed",
                        "entitlement",
                        "configurations do not add up, and the plan has one already: leave entitlement out"));
            case MeteredEntitlement allowance -> usagePeriodsMatch(it, (MeteredEntitlement) base, allowance);
        };
    }

    private static Optional<Violation> usagePeriodsMatch(
            RateCardExtension it, MeteredEntitlement base, MeteredEntitlement added) {
        return when(
                !it.usagePeriod(it.base(), base).equals(it.usagePeriod(it.added(), added)),
                () -> it.violation(
                        "rate_card_metered_entitlement_template_usage_period_mismatch",
                        "entitlement.usage_period",
                        "must be %s as in the plan"
                                .formatted(it.usagePeriod(it.base(), base)
                                        .map(Objects::toString)
                                        .orElse(base.usagePeriod()))));
    }

    // ------------------------------------------------------------------

    private static boolean haveSamePriceType(RateCardExtension it) {
        return it.base().price().getClass().equals(it.added().price().getClass());
    }

    private static boolean convertAlike(UnitConfig base, UnitConfig added) {
        if (base == null || added == null) {
            return base == added;
        }
        return base.operation().equals(added.operation())
                && base.conversionFactor().compareTo(added.conversionFactor()) == 0
                && Objects.equals(roundingOf(base), roundingOf(added))
                && precisionOf(base) == precisionOf(added);
    }

    private static String roundingOf(UnitConfig config) {
        return config.rounding() == null ? "none" : config.rounding();
    }

    private static int precisionOf(UnitConfig config) {
        return config.precision() == null ? 0 : config.precision();
    }

    private static String typeOf(RateCardPrice price) {
        return switch (price) {
            case RateCardPrice.Free free -> "free";
            case RateCardPrice.Flat flat -> "flat";
            case RateCardPrice.Unit unit -> "unit";
            case RateCardPrice.Graduated graduated -> "graduated";
            case RateCardPrice.Volume volume -> "volume";
        };
    }

    private static String typeOf(Entitlement entitlement) {
        return switch (entitlement) {
            case BooleanEntitlement access -> "boolean";
            case StaticEntitlement configuration -> "static";
            case MeteredEntitlement allowance -> "metered";
        };
    }

    private static Optional<Violation> when(boolean broken, Supplier<Violation> violation) {
        return broken ? Optional.of(violation.get()) : Optional.empty();
    }

    private RateCardExtensionRules() {}
}
