package io.usance.catalog.currency.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.catalog.model.Violation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostBasisRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(1);
    private static final Instant SOON = NOW.plusSeconds(60);
    private static final Instant LATER = NOW.plusSeconds(3_600);

    @Test
    void the_first_one_starts_now_or_in_the_future() {
        assertThat(codes(null, null, null)).isEmpty();
        assertThat(codes(SOON, null, null)).isEmpty();
        assertThat(codes(NOW, null, null)).containsExactly("cost_basis_starts_in_the_past");
        assertThat(codes(BEFORE, null, null)).containsExactly("cost_basis_starts_in_the_past");
    }

    @Test
    void the_next_one_starts_after_the_last_one_did_or_will() {
        assertThat(codes(null, null, BEFORE)).isEmpty();
        assertThat(codes(LATER, null, SOON)).isEmpty();
        assertThat(codes(SOON, null, SOON)).containsExactly("cost_basis_starts_before_another");
        assertThat(codes(SOON, null, LATER)).containsExactly("cost_basis_starts_before_another");
        assertThat(codes(null, null, SOON)).containsExactly("cost_basis_starts_before_another");
    }

    @Test
    void it_ends_after_it_starts() {
        assertThat(codes(null, SOON, null)).isEmpty();
        assertThat(codes(SOON, LATER, null)).isEmpty();
        assertThat(codes(SOON, SOON, null)).containsExactly("cost_basis_ends_before_it_starts");
        assertThat(codes(LATER, SOON, null)).containsExactly("cost_basis_ends_before_it_starts");
        assertThat(codes(null, NOW, null)).containsExactly("cost_basis_ends_before_it_starts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.000000000000000001", "1", "999999999999999999.999999999999999999", "1.50"})
    void a_rate_is_positive_and_bounded(String rate) {
        assertThat(ofRate(rate)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.00", "-1", "1000000000000000000", "0.0000000000000000001", "1E+30"})
    void other_rates_are_refused(String rate) {
        assertThat(ofRate(rate)).extracting(Violation::code).containsExactly("cost_basis_rate_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XYZ", "XXX", "XAU"})
    void it_is_in_a_currency_that_money_is_counted_in(String code) {
        assertThat(CostBasisRules.violations(code, BigDecimal.ONE, null, null, NOW, null))
                .extracting(Violation::code, Violation::field)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("currency_not_found", "fiat_code"));
    }

    private static List<String> codes(Instant from, Instant to, Instant lastFrom) {
        return CostBasisRules.violations("USD", BigDecimal.ONE, from, to, NOW, lastFrom).stream()
                .map(Violation::code)
                .toList();
    }

    private static List<Violation> ofRate(String rate) {
        return CostBasisRules.violations("USD", new BigDecimal(rate), null, null, NOW, null);
    }
}
