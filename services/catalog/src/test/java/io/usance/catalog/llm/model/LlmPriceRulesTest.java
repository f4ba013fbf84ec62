package io.usance.catalog.llm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.LlmPricing;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LlmPriceRulesTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final BigDecimal MINUS = new BigDecimal("-0.1");

    @Test
    void a_price_may_be_nothing_and_lack_what_is_not_known() {
        LlmPricing free = new LlmPricing(BigDecimal.ZERO, BigDecimal.ZERO, null, null, null);
        assertThat(LlmPriceRules.violations(free, "USD", START, null)).isEmpty();
        assertThat(LlmPriceRules.violations(free, "USD", START, START.plusNanos(1)))
                .isEmpty();
    }

    @Test
    void every_broken_rule_is_found_at_once() {
        assertThat(LlmPriceRules.violations(new LlmPricing(MINUS, MINUS, MINUS, MINUS, MINUS), "EUR", START, START))
                .extracting(Violation::code, Violation::field)
                .containsExactly(
                        tuple("llm_price_negative", "pricing.input_per_token"),
                        tuple("llm_price_negative", "pricing.output_per_token"),
                        tuple("llm_price_negative", "pricing.cache_read_per_token"),
                        tuple("llm_price_negative", "pricing.cache_write_per_token"),
                        tuple("llm_price_negative", "pricing.reasoning_per_token"),
                        tuple("llm_price_currency_not_supported", "currency"),
                        tuple("llm_price_period_empty", "effective_to"));
    }
}
