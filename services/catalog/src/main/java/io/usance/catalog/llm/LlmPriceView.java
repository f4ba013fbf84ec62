package io.usance.catalog.llm;

import io.usance.contracts.catalog.LlmPrice;
import io.usance.contracts.catalog.LlmPricing;
import java.time.Instant;

/**
 * A price of a language model as it is sent.
 *
 * @param source {@link #SYSTEM} from the price book, {@link #MANUAL} from the tenant
 * @param effectiveTo null for no end
 */
record LlmPriceView(
        String id,
        Provider provider,
        Model model,
        LlmPricing pricing,
        String currency,
        String source,
        Instant effectiveFrom,
        Instant effectiveTo,
        Instant createdAt,
        Instant updatedAt) {
    static final String SYSTEM = "system";
    static final String MANUAL = "manual";

    /** @param id in lower case */
    record Provider(String id, String name) {}

    /** @param id in lower case */
    record Model(String id, String name) {}

    static LlmPriceView of(LlmOverrideRow row, String providerName) {
        return new LlmPriceView(
                row.id,
                new Provider(row.provider, providerName),
                new Model(row.modelId, row.modelName),
                row.pricing,
                row.currency,
                MANUAL,
                row.effectiveFrom,
                row.effectiveTo,
                row.createdAt,
                row.updatedAt);
    }

    /** A price of the book for other services. */
    LlmPrice toPrice() {
        return new LlmPrice(provider.id(), model.id(), pricing, false, effectiveFrom, effectiveTo);
    }

    /** What a price is of. */
    record Subject(String provider, String model, String currency) {}

    Subject subject() {
        return new Subject(provider.id(), model.id(), currency);
    }
}
