package io.usance.kernel.price;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class TermsTest {
    private static final BigDecimal MINUS_ONE = BigDecimal.ONE.negate();

    @Test
    void nothing_is_negative() {
        assertThatThrownBy(() -> new Terms(null, MINUS_ONE, null, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(null, null, MINUS_ONE, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(null, null, null, MINUS_ONE, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms(null, null, null, null, MINUS_ONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_discount_is_100_percent_at_most() {
        assertThatCode(() -> new Terms(null, null, new BigDecimal("100.00"), null, null))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Terms(null, null, new BigDecimal("100.01"), null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_minimum_is_the_maximum_at_most() {
        assertThatCode(() -> new Terms(null, null, null, BigDecimal.TEN, new BigDecimal("10.00")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Terms(null, null, null, BigDecimal.TEN, BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
