package io.usance.contracts.catalog;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prices of language models over time, a tenant's own and the price book's, in any order. */
public record LlmPriceHistory(List<LlmPrice> prices) {
    /**
     * What a model cost at an instant: the tenant's own price if it had one then, else the price book's; empty when neither
     * knows.
     *
     * @param provider in any case
     * @param model in any case
     */
    public Optional<LlmPrice> at(String provider, String model, Instant instant) {
        String ofProvider = provider.toLowerCase(Locale.ROOT);
        String ofModel = model.toLowerCase(Locale.ROOT);
        return prices.stream()
                .filter(price -> price.provider().equals(ofProvider)
                        && price.model().equals(ofModel)
                        && price.isEffectiveAt(instant))
                .max(Comparator.comparing(LlmPrice::override));
    }
}
