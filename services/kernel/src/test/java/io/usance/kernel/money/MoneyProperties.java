package io.usance.kernel.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;

class MoneyProperties {
    private static final Currency USD = Currency.iso("USD");
    private static final BigDecimal HALF_A_CENT = new BigDecimal("0.005");

    @Property
    void rounding_goes_to_the_nearest_cent_and_from_the_middle_outward(
            @ForAll @Scale(4) @BigRange(min = "-1000", max = "1000") BigDecimal exact) {
        BigDecimal off = Money.rounded(exact, USD).amount().subtract(exact);

        assertThat(off.abs()).isLessThanOrEqualTo(HALF_A_CENT);
        if (off.abs().compareTo(HALF_A_CENT) == 0) {
            assertThat(off.signum()).isEqualTo(exact.signum());
        }
    }

    @Property
    void an_amount_and_its_negative_round_alike(@ForAll @Scale(6) BigDecimal exact) {
        assertThat(Money.rounded(exact.negate(), USD))
                .isEqualTo(Money.rounded(exact, USD).negate());
    }
}
