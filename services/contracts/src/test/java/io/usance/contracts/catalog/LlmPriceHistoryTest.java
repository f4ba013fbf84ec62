package io.usance.contracts.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LlmPriceHistoryTest {
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

    private final LlmPriceHistory history = new LlmPriceHistory(
            List.of(price("1", true, APRIL, MAY), price("2", false, MARCH, MAY), price("3", false, MAY, null)));

    @Test
    void a_price_holds_from_its_start_until_before_its_end() {
        assertThat(at(MARCH.minusNanos(1))).isEmpty();
        assertThat(at(MARCH)).contains("2");
        assertThat(at(MAY)).contains("3");
        assertThat(at(Instant.parse("2099-01-01T00:00:00Z"))).contains("3");
    }

    @Test
    void an_override_goes_first_while_it_holds() {
        assertThat(at(APRIL.minusNanos(1))).contains("2");
        assertThat(at(APRIL)).contains("1");
        assertThat(at(MAY.minusNanos(1))).contains("1");
    }

    @Test
    void provider_and_model_are_meant_in_any_case() {
        assertThat(history.at("OpenAI", "GPT-4o", APRIL)).isPresent();
        assertThat(history.at("openai", "gpt-4", APRIL)).isEmpty();
        assertThat(history.at("azure", "gpt-4o", APRIL)).isEmpty();
    }

    private Optional<String> at(Instant instant) {
        return history.at("openai", "gpt-4o", instant)
                .map(price -> price.pricing().inputPerToken().toPlainString());
    }

    private static LlmPrice price(String input, boolean override, Instant from, Instant to) {
        return new LlmPrice(
                "openai",
                "gpt-4o",
                new LlmPricing(new BigDecimal(input), BigDecimal.ONE, null, null, null),
                override,
                from,
                to);
    }
}
