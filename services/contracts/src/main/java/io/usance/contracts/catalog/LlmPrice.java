package io.usance.contracts.catalog;

import java.time.Instant;

/**
 * What a language model costs for a while.
 *
 * @param provider in lower case
 * @param model in lower case
 * @param override whether the tenant said so itself, which goes before what the price book says
 * @param effectiveTo null for no end
 */
public record LlmPrice(
        String provider,
        String model,
        LlmPricing pricing,
        boolean override,
        Instant effectiveFrom,
        Instant effectiveTo) {
    /** {@code effectiveFrom} belongs to the price, {@code effectiveTo} does not. */
    public boolean isEffectiveAt(Instant instant) {
        return !instant.isBefore(effectiveFrom) && (effectiveTo == null || instant.isBefore(effectiveTo));
    }
}
