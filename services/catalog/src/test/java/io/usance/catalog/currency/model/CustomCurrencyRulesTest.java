package io.usance.catalog.currency.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.catalog.model.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomCurrencyRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"AI_TOKENS", "ai tokens", "ΤΟΚΕΝ", "U.S.D."})
    void a_code_may_have_any_characters(String code) {
        assertThat(fields(code, "T", 2, ".", ",")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" TOKENS", "TOKENS ", "TOK|ENS", "TOK\nENS", "\tTOKENS"})
    void a_code_has_no_pipe_no_control_character_and_no_space_at_its_ends(String code) {
        assertThat(fields(code, "T", 2, ".", ",")).contains("code").containsOnly("code");
    }

    @Test
    void a_symbol_is_short_and_may_be_missing() {
        assertThat(fields("TOKENS", null, 2, ".", ",")).isEmpty();
        assertThat(fields("TOKENS", "🪙".repeat(8), 2, ".", ",")).isEmpty();
        assertThat(fields("TOKENS", "T".repeat(9), 2, ".", ",")).containsExactly("symbol");
    }

    @Test
    void amounts_have_up_to_twelve_digits_after_the_point() {
        assertThat(fields("TOKENS", "T", 0, ".", ",")).isEmpty();
        assertThat(fields("TOKENS", "T", 12, ".", ",")).isEmpty();
        assertThat(fields("TOKENS", "T", 13, ".", ",")).containsExactly("precision");
        assertThat(fields("TOKENS", "T", -1, ".", ",")).containsExactly("precision");
    }

    @Test
    void amounts_can_be_read_in_one_way_only() {
        assertThat(fields("TOKENS", "T", 2, ",", ".")).isEmpty();
        assertThat(fields("TOKENS", "T", 2, ".", ".")).containsExactly("thousand_separator");
    }

    @Test
    void every_broken_rule_is_told() {
        assertThat(CustomCurrencyRules.violations(" A|B ", "T".repeat(9), 99, ".", "."))
                .extracting(Violation::code)
                .hasSize(5)
                .containsOnly("currency_invalid");
    }

    private static List<String> fields(String code, String symbol, long precision, String mark, String separator) {
        return CustomCurrencyRules.violations(code, symbol, precision, mark, separator).stream()
                .map(Violation::field)
                .toList();
    }
}
