package io.usance.catalog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the file with the prices that comes with the release, and what the check finds in others. */
class LlmPriceFileTest {
    private static final String GOOD = """
            model: m, name: M, effective_from: 2026-01-01, as_of: 2026-01-02, input: 2.50, output: 10""";

    @Test
    void the_price_book_has_no_faults() throws IOException {
        assertThat(book().faults()).isEmpty();
    }

    @Test
    void the_price_book_has_the_common_providers() throws IOException {
        Set<String> providers =
                book().prices().stream().map(price -> price.provider().id()).collect(Collectors.toSet());
        assertThat(providers)
                .containsExactlyInAnyOrder(
                        "anthropic", "cohere", "deepseek", "google", "minimax", "mistral", "ollama", "openai", "xai");
    }

    @Test
    void ids_differ_and_do_not_change() throws IOException {
        List<String> ids = book().prices().stream().map(LlmPriceView::id).toList();
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(book().prices().stream().map(LlmPriceView::id)).isEqualTo(ids);
        // Clients keep them: when this fails, ids have changed that must not.
        assertThat(file("openai", GOOD).prices())
                .extracting(LlmPriceView::id)
                .containsExactly("01KDVDNA000FHT9SK3GKVBTJGA");
    }

    @Test
    void prices_of_a_million_tokens_become_prices_of_one_and_lose_nothing() throws IOException {
        LlmPriceView price = file("openai", GOOD + ", cache_read: 0.000001, also: [n]")
                .prices()
                .getFirst();
        assertThat(price.pricing().inputPerToken().toPlainString()).isEqualTo("0.0000025");
        assertThat(price.pricing().outputPerToken().toPlainString()).isEqualTo("0.00001");
        assertThat(price.pricing().cacheReadPerToken().toPlainString()).isEqualTo("0.000000000001");
        assertThat(price.pricing().reasoningPerToken()).isNull();
        assertThat(price.effectiveFrom()).hasToString("2026-01-01T00:00:00Z");
        assertThat(price.updatedAt()).hasToString("2026-01-02T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "input: 2.50               | input: -1                   | -1 is not a price",
                "input: 2.50               | input: 0.0000001            | has more than 6 decimals",
                "input: 2.50, output: 10   | input: 1                    | input and output are required",
                "model: m                  | model: GPT-4                | ids of models are in lower case",
                "model: m                  | 'model: m, also: [a b]'     | ids of models are in lower case",
                "name: M                   | name: ' '                   | name is missing",
                "name: M                   | 'name: M, source: a book'   | source must be the page",
                "as_of: 2026-01-02         | as_of: 2025-12-31           | as_of is before effective_from",
                "', as_of: 2026-01-02'     | ''                          | effective_from and as_of are required",
                "as_of: 2026-01-02         | 'as_of: 2026-01-02, effective_to: 2026-01-01' | effective_to is not after",
            })
    void a_bad_entry_is_named_with_its_fault(String good, String bad, String fault) throws IOException {
        assertThat(GOOD).contains(good);
        assertThat(file("openai", GOOD.replace(good, bad)).faults())
                .singleElement()
                .asString()
                .startsWith("openai ")
                .contains(fault);
    }

    @Test
    void of_a_model_no_two_prices_hold_on_the_same_day() throws IOException {
        String later = GOOD.replace("from: 2026-01-01", "from: 2026-01-02");
        assertThat(file("openai", GOOD, later).faults())
                .containsExactly(
                        "openai m: the price from 2026-01-01 on must end when the one from 2026-01-02 on begins");
        assertThat(file("openai", GOOD, later.replace("model: m", "model: n, also: [m]"))
                        .faults())
                .hasSize(1);
        assertThat(file("openai", GOOD + ", effective_to: 2026-01-02", later).faults())
                .isEmpty();
        assertThat(file("openai", GOOD, later.replace("model: m", "model: n")).faults())
                .isEmpty();
    }

    @Test
    void a_misspelt_property_is_refused() {
        assertThatThrownBy(() -> file("openai", GOOD + ", cached: 1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cached");
    }

    private static LlmPriceFile book() throws IOException {
        try (InputStream file = LlmPriceFileTest.class.getResourceAsStream("/llm-prices.yaml")) {
            return LlmPriceFile.read(file);
        }
    }

    private static LlmPriceFile file(String provider, String... entries) throws IOException {
        StringBuilder yaml = new StringBuilder(
                "providers: [{id: %s, name: P, source: https://example.com, prices: [".formatted(provider));
        for (String entry : entries) {
            yaml.append('{').append(entry).append("},");
        }
        yaml.append("]}]");
        return LlmPriceFile.read(new ByteArrayInputStream(yaml.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
