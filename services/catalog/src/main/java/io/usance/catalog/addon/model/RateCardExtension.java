package io.usance.catalog.addon.model;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.kernel.time.Cadence;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rate card of an add-on together with the one of the plan that it adds to, because both have one key.
 *
 * @param base of the plan
 * @param added of the add-on
 * @param path of {@code added}, e.g. {@code addon.rate_cards[1]}
 * @param phaseKey of the phase that {@code base} is in
 */
record RateCardExtension(RateCard base, RateCard added, String path, String phaseKey, String planBillingCadence) {

    /** Whether there are two prices to be put together; with free on one side there is just the other. */
    boolean areBothPriced() {
        return isPriced(base) && isPriced(added);
    }

    private static boolean isPriced(RateCard card) {
        return !(card.price() instanceof RateCardPrice.Free);
    }

    /** The billing cadence; empty for what is due once. */
    static Optional<Cadence> cadence(RateCard card) {
        return Optional.ofNullable(card.billingCadence()).flatMap(Cadence::tryParse);
    }

    /** The usage period of a metered entitlement of {@code card}: when it names none, how often the card or the plan is billed. */
    Optional<Cadence> usagePeriod(RateCard card, RateCard.MeteredEntitlement entitlement) {
        return Stream.of(
                        Optional.ofNullable(entitlement.usagePeriod()),
                        Optional.ofNullable(card.billingCadence()),
                        Optional.of(planBillingCadence))
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(Cadence::tryParse);
    }

    Violation violation(String code, String field, String message) {
        return new Violation(code, message, path + "." + field, Map.of("phase_key", phaseKey));
    }
}
