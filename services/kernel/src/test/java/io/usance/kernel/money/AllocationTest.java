package io.usance.kernel.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
    @Test
    void a_leftover_cent_goes_to_the_earlier_of_equal_parts() {
        assertThat(split("USD", "100", "1", "1", "1")).containsExactly("33.34", "33.33", "33.33");
    }

    @Test
    void a_leftover_cent_goes_to_the_largest_remainder() {
        assertThat(split("USD", "0.10", "1", "2")).containsExactly("0.03", "0.07");
    }

    @Test
    void a_negative_amount_splits_like_the_positive_one() {
        assertThat(split("USD", "-100", "1", "1", "1")).containsExactly("-33.34", "-33.33", "-33.33");
    }

    @Test
    void a_weight_of_zero_gets_nothing() {
        assertThat(split("USD", "0.01", "0", "1", "1")).containsExactly("0.00", "0.01", "0.00");
    }

    @Test
    void currencies_without_cents_split_whole_units() {
        assertThat(split("JPY", "100", "1", "1", "1")).containsExactly("34", "33", "33");
    }

    @Test
    void weights_may_be_fractions_of_any_size() {
        assertThat(split("KWD", "1", "0.000000000000000000000000000000000000000001", "2E-42"))
                .containsExactly("0.333", "0.667");
    }

    @Test
    void unusable_weights_are_refused() {
        assertRefused(List.of());
        assertRefused(List.of(BigDecimal.ZERO, BigDecimal.ZERO));
        assertRefused(List.of(BigDecimal.ONE, BigDecimal.ONE.negate()));
        assertRefused(Collections.nCopies(Allocation.WEIGHTS_MAX + 1, BigDecimal.ONE));
    }

    @Test
    void as_many_weights_as_are_allowed_are_taken() {
        List<BigDecimal> weights = Collections.nCopies(Allocation.WEIGHTS_MAX, BigDecimal.ONE);

        assertThat(Allocation.split(new Money(BigDecimal.TEN, Currency.iso("USD")), weights))
                .hasSize(Allocation.WEIGHTS_MAX);
    }

    private static void assertRefused(List<BigDecimal> weights) {
        Money whole = new Money(BigDecimal.TEN, Currency.iso("USD"));
        assertThatThrownBy(() -> Allocation.split(whole, weights)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> split(String currency, String amount, String... weights) {
        Money whole = new Money(new BigDecimal(amount), Currency.iso(currency));
        List<BigDecimal> ratio = Arrays.stream(weights).map(BigDecimal::new).toList();
        return Allocation.split(whole, ratio).stream()
                .map(part -> part.amount().toPlainString())
                .toList();
    }
}
