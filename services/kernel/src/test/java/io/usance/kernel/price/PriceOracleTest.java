package io.usance.kernel.price;

import static io.usance.kernel.price.Prices.graduated;
import static io.usance.kernel.price.Prices.tier;
import static io.usance.kernel.price.Prices.unit;
import static io.usance.kernel.price.Prices.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import io.usance.kernel.price.UnitConversion.Operation;
import io.usance.kernel.price.UnitConversion.Rounding;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples by which users know the prices. */
class PriceOracleTest {
    private static final Currency USD = Currency.iso("USD");
    private static final Tier[] CHEAPER_AT_1000_AND_5000 = {
        tier("1000", null, "0.3"), tier("5000", null, "0.2"), tier(null, null, "0.1")
    };

    @Test
    void usage_at_one_cent_a_unit() {
        assertThat(total(unit("0.01"), Terms.NONE, "10000")).isEqualTo("100.00");
    }

    @Test
    void graduated_tiers_price_each_unit_by_its_own_tier() {
        RatedLine line = rate(graduated(CHEAPER_AT_1000_AND_5000), Terms.NONE, "6000");

        assertThat(line.details())
                .extracting(detail -> detail.amount().toString())
                .containsExactly("300.00 USD", "800.00 USD", "100.00 USD");
        assertThat(line.totals().total()).isEqualTo(dollars("1200"));
    }

    @Test
    void volume_tiers_price_all_units_by_the_tier_reached() {
        assertThat(total(volume(CHEAPER_AT_1000_AND_5000), Terms.NONE, "6000")).isEqualTo("600.00");
    }

    @ParameterizedTest
    @CsvSource({"2000, 600.00", "0, 500.00", "1000, 500.00"})
    void a_flat_first_tier_is_due_even_without_usage(String quantity, String total) {
        assertThat(total(graduated(tier("1000", "500", null), tier(null, null, "0.1")), Terms.NONE, quantity))
                .isEqualTo(total);
    }

    @ParameterizedTest
    @CsvSource({"2000, 600.00", "0, 0.00", "1, 500.00"})
    void a_first_unit_that_pays_for_the_first_thousand_is_due_with_the_first_usage(String quantity, String total) {
        Price price = graduated(tier("1", null, "500"), tier("1000", null, "0"), tier(null, null, "0.1"));

        assertThat(total(price, Terms.NONE, quantity)).isEqualTo(total);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.00", "20, 10.00", "20.1, 20.00", "98, 50.00"})
    void a_package_is_due_as_soon_as_it_is_opened(String quantity, String total) {
        UnitConversion packages = new UnitConversion(Operation.DIVIDE, new BigDecimal("20"), Rounding.CEILING, 0);

        assertThat(total(unit("10"), new Terms(packages, null, null, null, null), quantity))
                .isEqualTo(total);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 50.00", "1, 100.00", "1.5, 150.00", "2, 200.00"})
    void a_dynamic_price_multiplies_what_was_metered_in_money(BigDecimal multiplier, String total) {
        UnitConversion markup = new UnitConversion(Operation.MULTIPLY, multiplier, Rounding.NONE, 0);

        assertThat(total(unit("1"), new Terms(markup, null, null, null, null), "100"))
                .isEqualTo(total);
    }

    @Test
    void a_dynamic_price_may_be_zero() {
        assertThat(total(unit("0"), Terms.NONE, "100")).isEqualTo("0.00");
    }

    @Test
    void overage_is_what_the_usage_discount_leaves() {
        BigDecimal included = new BigDecimal("900");

        assertThat(total(unit("0.1"), new Terms(null, included, null, null, null), "1000"))
                .isEqualTo("10.00");
        assertThat(total(unit("0.1"), new Terms(null, included, BigDecimal.TEN, null, null), "1000"))
                .isEqualTo("9.00");
    }

    @Test
    void a_minimum_spend_tops_up() {
        assertThat(total(unit("1"), new Terms(null, null, null, BigDecimal.TEN, null), "2"))
                .isEqualTo("10.00");
    }

    @Test
    void a_maximum_spend_caps() {
        assertThat(total(unit("1"), new Terms(null, null, null, null, BigDecimal.TEN), "100"))
                .isEqualTo("10.00");
    }

    @Test
    void an_inclusive_tax_is_within_the_price_and_an_exclusive_one_on_top() {
        Money zero = Money.zero(USD);
        Totals inclusive = new Totals(dollars("500"), zero, zero, zero, dollars("45.45"), zero);
        Totals exclusive = new Totals(dollars("500"), zero, zero, zero, zero, dollars("50"));

        assertThat(inclusive.total()).isEqualTo(dollars("500"));
        assertThat(exclusive.total()).isEqualTo(dollars("550"));
    }

    private static String total(Price price, Terms terms, String quantity) {
        return rate(price, terms, quantity).totals().total().amount().toPlainString();
    }

    private static RatedLine rate(Price price, Terms terms, String quantity) {
        return Rating.rate(price, terms, new BigDecimal(quantity), USD);
    }

    private static Money dollars(String amount) {
        return new Money(new BigDecimal(amount), USD);
    }
}
