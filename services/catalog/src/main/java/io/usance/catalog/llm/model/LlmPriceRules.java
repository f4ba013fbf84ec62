package io.usance.catalog.llm.model;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.LlmPricing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may be said of the price of a language model. */
public final class LlmPriceRules {
    public static final String CURRENCY = "USD";

    /**
     * Every rule that a price breaks.
     *
     * @param effectiveTo null for no end
     */
    public static List<Violation> violations(
            LlmPricing pricing, String currency, Instant effectiveFrom, Instant effectiveTo) {
        List<Violation> violations = new ArrayList<>();
        amounts(pricing).forEach((name, amount) -> {
            if (amount != null && amount.signum() < 0) {
                violations.add(new Violation(
                        "llm_price_negative", "a price of a token is not negative: use 0 for free", "pricing." + name));
            }
        });
        if (!CURRENCY.equals(currency)) {
            violations.add(new Violation(
                    "llm_price_currency_not_supported",
                    "prices of language models are in %s: convert the price from %s".formatted(CURRENCY, currency),
                    "currency"));
        }
        if (effectiveTo != null && !effectiveTo.isAfter(effectiveFrom)) {
            violations.add(new Violation(
                    "llm_price_period_empty",
                    "effective_to must be after effective_from; leave it out for no end",
                    "effective_to"));
        }
        return violations;
    }

    private static Map<String, BigDecimal> amounts(LlmPricing pricing) {
        Map<String, BigDecimal> amounts = new LinkedHashMap<>();
        amounts.put("input_per_token", pricing.inputPerToken());
        amounts.put("output_per_token", pricing.outputPerToken());
        amounts.put("cache_read_per_token", pricing.cacheReadPerToken());
        amounts.put("cache_write_per_token", pricing.cacheWritePerToken());
        amounts.put("reasoning_per_token", pricing.reasoningPerToken());
        return amounts;
    }

    private LlmPriceRules() {}
}
