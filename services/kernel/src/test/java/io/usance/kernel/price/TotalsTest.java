package io.usance.kernel.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final Currency USD = Currency.iso("USD");

    @Test
    void the_total_is_what_is_left_to_pay() {
        Totals totals =
                new Totals(dollars("100"), dollars("20"), dollars("7"), dollars("50"), dollars("3"), dollars("19"));

        assertThat(totals.total()).isEqualTo(dollars("82"));
        assertThat(totals.taxes()).isEqualTo(dollars("22"));
    }

    @Test
    void totals_add_up_part_by_part() {
        Totals one = new Totals(dollars("100"), dollars("20"), dollars("7"), dollars("5"), dollars("3"), dollars("19"));
        Totals other =
                new Totals(dollars("1"), dollars("2"), dollars("0.70"), dollars("0.50"), dollars("4"), dollars("5"));

        assertThat(Totals.sum(List.of(one, other), USD))
                .isEqualTo(new Totals(
                        dollars("101"), dollars("22"), dollars("7.70"), dollars("5.50"), dollars("7"), dollars("24")));
        assertThat(Totals.sum(List.of(), USD)).isEqualTo(Totals.zero(USD));
    }

    @Test
    void no_part_and_no_total_is_negative() {
        assertRefused("-1", "2", "0");
        assertRefused("1", "-1", "0");
        assertRefused("1", "1", "-1");
        assertRefused("1", "1", "2.01");
    }

    private static void assertRefused(String amount, String charges, String discounts) {
        assertThatThrownBy(() -> new Totals(dollars(amount), dollars(charges), dollars(discounts)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Money dollars(String amount) {
        return new Money(new BigDecimal(amount), USD);
    }
}
