package io.usance.catalog.plan.model;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCard.BooleanEntitlement;
import io.usance.contracts.catalog.RateCard.MeteredEntitlement;
import io.usance.contracts.catalog.RateCard.StaticEntitlement;
import io.usance.kernel.money.Currency;
import io.usance.kernel.price.Terms;
import io.usance.kernel.time.Cadence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a rate card must keep, rule by rule. */
final class RateCardRules {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final List<Function<RateCardInPlan, Optional<Violation>>> OF_FEATURE = List.of(
            RateCardRules::featureExists,
            RateCardRules::featureIsNotArchived,
            RateCardRules::keyIsTheFeatures,
            RateCardRules::usagePriceHasAFeature,
            RateCardRules::usagePriceHasAMeter);
    private static final List<Function<RateCardInPlan, Optional<Violation>>> OF_PRICE = List.of(
            RateCardRules::oneTimePriceIsFlat,
            RateCardRules::cadenceIsValid,
            RateCardRules::cadenceFitsThePlans,
            RateCardRules::priceIsValid,
            RateCardRules::unitConfigNeedsUsage,
            RateCardRules::unitConfigIsValid,
            RateCardRules::usageDiscountNeedsUsage,
            RateCardRules::usageDiscountIsNotNegative,
            RateCardRules::percentageDiscountIsValid,
            RateCardRules::commitmentsNeedUsage,
            RateCardRules::commitmentsAreValid,
            RateCardRules::onlyFlatPricesAreInAdvance,
            RateCardRules::currencyIsKnown,
            RateCardRules::currencyIsFiat,
            RateCardRules::currencyIsThePlans);
    private static final List<Function<RateCardInPlan, Optional<Violation>>> OF_TAX =
            List.of(RateCardRules::taxCodeExists, RateCardRules::taxCodeIsNotDeleted);
    private static final List<Function<RateCardInPlan, Optional<Violation>>> OF_ENTITLEMENT =
            List.of(RateCardRules::entitlementHasAFeature, RateCardRules::entitlementIsValid);

    /** Every violation of {@code card}, in the order of the rules. */
    static Stream<Violation> violations(RateCardInPlan card) {
        return Stream.of(OF_FEATURE, OF_PRICE, OF_TAX, OF_ENTITLEMENT).flatMap(rules -> violations(rules, card));
    }

    /** Every violation of what the card's amounts are computed from. */
    static Stream<Violation> violationsOfPrice(RateCardInPlan card) {
        return violations(OF_PRICE, card);
    }

    private static Stream<Violation> violations(
            List<Function<RateCardInPlan, Optional<Violation>>> rules, RateCardInPlan card) {
        return rules.stream().map(rule -> rule.apply(card)).flatMap(Optional::stream);
    }

    // ------------------------------------------------------------------ feature

    private static Optional<Violation> featureExists(RateCardInPlan it) {
        return when(
                it.card().feature() != null && it.feature() == null,
                () -> it.violation("rate_card_feature_not_found", "feature", "there is no such feature"));
    }

    private static Optional<Violation> featureIsNotArchived(RateCardInPlan it) {
        return when(
                it.feature() != null && it.feature().isArchived(),
                () -> it.violation(
                        "rate_card_feature_archived",
                        "feature",
                        "feature %s is archived: name another"
                                .formatted(it.feature().key())));
    }

    private static Optional<Violation> keyIsTheFeatures(RateCardInPlan it) {
        return when(
                it.feature() != null && !it.feature().key().equals(it.card().key()),
                () -> it.violation(
                        "rate_card_key_feature_key_mismatch",
                        "key",
                        "a rate card with a feature has the feature's key: "
                                + it.feature().key(),
                        Map.of("feature_key", it.feature().key())));
    }

    private static Optional<Violation> usagePriceHasAFeature(RateCardInPlan it) {
        return when(
                it.isUsageBased() && it.card().feature() == null,
                () -> it.violation(
                        "usage_based_price_with_no_feature",
                        "price",
                        "a price by usage needs a feature; without one only a flat price is possible"));
    }

    private static Optional<Violation> usagePriceHasAMeter(RateCardInPlan it) {
        return when(
                it.isUsageBased() && it.feature() != null && !it.feature().isMetered(),
                () -> it.violation(
                        "usage_based_price_with_feature_and_no_meter",
                        "price",
                        "a price by usage needs a feature with a meter, and %s has none"
                                .formatted(it.feature().key())));
    }

    // ------------------------------------------------------------------ cadence

    private static Optional<Violation> oneTimePriceIsFlat(RateCardInPlan it) {
        return when(
                it.isUsageBased() && it.card().billingCadence() == null,
                () -> it.violation(
                        "rate_card_only_flat_price_allowed",
                        "price",
                        "only a flat price is due once: give a billing_cadence, or make the price flat"));
    }

    private static Optional<Violation> cadenceIsValid(RateCardInPlan it) {
        return when(
                it.card().billingCadence() != null && it.cadence().isEmpty(),
                () -> it.violation(
                        "billing_cadence_invalid_value",
                        "billing_cadence",
                        "must be an ISO-8601 duration in whole numbers of at least an hour"));
    }

    private static Optional<Violation> cadenceFitsThePlans(RateCardInPlan it) {
        Cadence plan = it.planCadence();
        return when(
                it.isPriced()
                        && plan != null
                        && it.cadence().isPresent()
                        && !it.cadence().get().alignsWith(plan),
                () -> it.violation(
                        "rate_card_billing_cadence_unaligned",
                        "billing_cadence",
                        "%s and the plan's %s do not line up: one must be a multiple of the other"
                                .formatted(it.card().billingCadence(), plan)));
    }

    // ------------------------------------------------------------------ price

    private static Optional<Violation> priceIsValid(RateCardInPlan it) {
        return refusal(() -> it.card().price().toPrice())
                .map(reason -> it.violation("rate_card_price_invalid", "price", reason));
    }

    private static Optional<Violation> unitConfigNeedsUsage(RateCardInPlan it) {
        return when(
                it.card().unitConfig() != null && !it.isUsageBased(),
                () -> it.violation(
                        "unit_config_requires_usage_based_price",
                        "unit_config",
                        "only a price by usage has units to convert: leave unit_config out"));
    }

    private static Optional<Violation> unitConfigIsValid(RateCardInPlan it) {
        RateCard.UnitConfig unitConfig = it.card().unitConfig();
        return unitConfig == null
                ? Optional.empty()
                : refusal(unitConfig::toConversion)
                        .map(reason -> it.violation("unit_config_invalid", "unit_config", reason));
    }

    private static Optional<Violation> usageDiscountNeedsUsage(RateCardInPlan it) {
        return when(
                discounts(it).usage() != null && !it.isUsageBased(),
                () -> it.violation(
                        "usage_discount_with_flat_price",
                        "discounts.usage",
                        "only a price by usage can have free units"));
    }

    private static Optional<Violation> usageDiscountIsNotNegative(RateCardInPlan it) {
        BigDecimal usage = discounts(it).usage();
        return when(
                usage != null && usage.signum() < 0,
                () -> it.violation("usage_discount_negative_quantity", "discounts.usage", "must not be negative"));
    }

    private static Optional<Violation> percentageDiscountIsValid(RateCardInPlan it) {
        BigDecimal percentage = discounts(it).percentage();
        return when(
                percentage != null && (percentage.signum() < 0 || percentage.compareTo(HUNDRED) > 0),
                () -> it.violation(
                        "percentage_discount_invalid_value", "discounts.percentage", "must be from 0 to 100"));
    }

    private static Optional<Violation> commitmentsNeedUsage(RateCardInPlan it) {
        return when(
                it.card().commitments() != null && !it.isUsageBased(),
                () -> it.violation(
                        "spend_commitments_with_flat_price",
                        "commitments",
                        "only a price by usage can have a minimum or a maximum"));
    }

    private static Optional<Violation> commitmentsAreValid(RateCardInPlan it) {
        RateCard.Commitments commitments = it.card().commitments();
        return commitments == null
                ? Optional.empty()
                : refusal(() -> new Terms(null, null, null, commitments.minimumAmount(), commitments.maximumAmount()))
                        .map(reason -> it.violation("spend_commitments_invalid", "commitments", reason));
    }

    private static Optional<Violation> onlyFlatPricesAreInAdvance(RateCardInPlan it) {
        return when(
                it.isUsageBased() && RateCard.IN_ADVANCE.equals(it.card().paymentTerm()),
                () -> it.violation(
                        "usage_based_price_in_advance",
                        "payment_term",
                        "usage is known in arrears only; in_advance is for flat prices"));
    }

    // ------------------------------------------------------------------ currency

    private static Optional<Violation> currencyIsKnown(RateCardInPlan it) {
        String currency = it.card().currency();
        return currency == null || it.isInCustomCurrency()
                ? Optional.empty()
                : PlanRules.currencyViolation(currency, it.path() + ".currency");
    }

    private static Optional<Violation> currencyIsFiat(RateCardInPlan it) {
        return when(
                it.isInCustomCurrency(),
                () -> it.violation(
                        "rate_card_currency_override_not_allowed",
                        "currency",
                        "a price in the custom currency %s takes credits to settle, which are not available: leave currency out"
                                .formatted(it.card().currency())));
    }

    private static Optional<Violation> currencyIsThePlans(RateCardInPlan it) {
        String currency = it.card().currency();
        return when(
                currency != null
                        && !currency.equals(it.planCurrency())
                        && Currency.tryIso(currency).isPresent(),
                () -> it.violation(
                        "plan_multiple_fiat_currencies",
                        "currency",
                        "all is priced in one currency, %s: leave currency out".formatted(it.planCurrency())));
    }

    // ------------------------------------------------------------------ tax

    private static Optional<Violation> taxCodeExists(RateCardInPlan it) {
        return when(
                it.card().taxCodeId() != null && it.taxCode() == null,
                () -> it.violation("rate_card_tax_code_not_found", "tax_config.code.id", "there is no such tax code"));
    }

    private static Optional<Violation> taxCodeIsNotDeleted(RateCardInPlan it) {
        return when(
                it.taxCode() != null && it.taxCode().isDeleted(),
                () -> it.violation(
                        "rate_card_tax_code_deleted",
                        "tax_config.code.id",
                        "tax code %s was deleted: name another"
                                .formatted(it.taxCode().key())));
    }

    // ------------------------------------------------------------------ entitlement

    private static Optional<Violation> entitlementHasAFeature(RateCardInPlan it) {
        return when(
                it.card().entitlement() != null && it.card().feature() == null,
                () -> it.violation(
                        "entitlement_template_with_no_feature",
                        "entitlement",
                        "an entitlement is to a feature: name one, or leave entitlement out"));
    }

    private static Optional<Violation> entitlementIsValid(RateCardInPlan it) {
        return switch (it.card().entitlement()) {
            case null -> Optional.empty();
            case BooleanEntitlement anything -> Optional.empty();
            case StaticEntitlement fixed ->
                when(
                        !fixed.config().isObject(),
                        () -> it.violation(
                                "entitlement_template_invalid_json_config",
                                "entitlement.config",
                                "must be a JSON object"));
            case MeteredEntitlement metered -> meteredEntitlementIsValid(it, metered);
        };
    }

    private static Optional<Violation> meteredEntitlementIsValid(RateCardInPlan it, MeteredEntitlement entitlement) {
        if (it.feature() != null && !it.feature().isMetered()) {
            return Optional.of(it.violation(
                    "entitlement_template_metered_with_no_meter",
                    "entitlement",
                    "a metered entitlement needs a feature with a meter, and %s has none"
                            .formatted(it.feature().key())));
        }
        return when(
                entitlement.usagePeriod() != null
                        && Cadence.tryParse(entitlement.usagePeriod())
                                .filter(period -> period.isAtLeast(PlanRules.CADENCE_MIN))
                                .isEmpty(),
                () -> it.violation(
                        "entitlement_template_usage_period_less_then_an_hour",
                        "entitlement.usage_period",
                        "must be an ISO-8601 duration in whole numbers of at least an hour"));
    }

    // ------------------------------------------------------------------

    private static RateCard.Discounts discounts(RateCardInPlan it) {
        return it.card().discounts() == null
                ? new RateCard.Discounts(null, null)
                : it.card().discounts();
    }

    /** Why the kernel refuses to build something; empty when it does not. */
    private static Optional<String> refusal(Runnable construction) {
        try {
            construction.run();
            return Optional.empty();
        } catch (IllegalArgumentException refusal) {
            return Optional.of(refusal.getMessage());
        }
    }

    private static Optional<Violation> when(boolean broken, Supplier<Violation> violation) {
        return broken ? Optional.of(violation.get()) : Optional.empty();
    }

    private RateCardRules() {}
}
