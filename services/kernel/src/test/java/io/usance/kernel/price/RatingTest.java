package io.usance.kernel.price;

import static io.usance.kernel.price.Prices.decimal;
import static io.usance.kernel.price.Prices.graduated;
import static io.usance.kernel.price.Prices.tier;
import static io.usance.kernel.price.Prices.unit;
import static io.usance.kernel.price.Prices.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import io.usance.kernel.price.RatedLine.Category;
import io.usance.kernel.price.RatedLine.DetailedLine;
import io.usance.kernel.price.RatedLine.Discount;
import io.usance.kernel.price.RatedLine.DiscountReason;
import io.usance.kernel.price.UnitConversion.Operation;
import io.usance.kernel.price.UnitConversion.Rounding;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingTest {
    private static final Currency USD = Currency.iso("USD");
    private static final Price TEN_FOR_A_DOLLAR_THEN_CHEAPER =
            graduated(tier("10", "1", "0.10"), tier(null, "0.50", "0.05"));

    @Test
    void three_runs_at_a_dollar_are_one_line_of_three_dollars() {
        RatedLine line = rate(unit("1"), Terms.NONE, "3");

        assertThat(line.invoicedQuantity()).isEqualByComparingTo("3");
        assertThat(line.details()).singleElement().satisfies(detail -> {
            assertThat(detail.key()).isEqualTo("unit-price");
            assertThat(detail.category()).isEqualTo(Category.REGULAR);
            assertThat(detail.quantity()).isEqualByComparingTo("3");
            assertThat(detail.unitPrice()).isEqualByComparingTo("1");
            assertThat(detail.discounts()).isEmpty();
        });
        assertThat(total(line)).isEqualTo("3.00");
    }

    @Test
    void no_usage_at_a_unit_price_has_no_detail() {
        RatedLine line = rate(unit("1"), Terms.NONE, "0");

        assertThat(line.details()).isEmpty();
        assertThat(total(line)).isEqualTo("0.00");
    }

    @Test
    void free_is_free() {
        assertThat(rate(new Price.Free(), Terms.NONE, "3").details()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"USD, 0.01", "JPY, 0", "KWD, 0.006"})
    void every_detail_is_rounded_to_the_minor_unit(String currency, String total) {
        RatedLine line = Rating.rate(unit("0.0055"), Terms.NONE, BigDecimal.ONE, Currency.iso(currency));

        assertThat(line.totals().total().amount().toPlainString()).isEqualTo(total);
    }

    @Test
    void a_sum_of_rounded_details_is_not_rounded_again() {
        Price twoTiers = graduated(tier("1", null, "0.005"), tier(null, null, "0.005"));

        assertThat(total(rate(twoTiers, Terms.NONE, "2"))).isEqualTo("0.02");
    }

    @Test
    void a_percentage_is_taken_off_every_detail_and_rounded() {
        RatedLine line = rate(TEN_FOR_A_DOLLAR_THEN_CHEAPER, new Terms(null, null, decimal("33"), null, null), "11");

        assertThat(line.details())
                .extracting(DetailedLine::key, detail -> detail.discounted().toString())
                .containsExactly(
                        tuple("graduated-tier-1-flat-price", "0.33 USD"),
                        tuple("graduated-tier-1-price-usage", "0.33 USD"),
                        tuple("graduated-tier-2-flat-price", "0.17 USD"),
                        tuple("graduated-tier-2-price-usage", "0.02 USD"));
        assertThat(total(line)).isEqualTo("1.70");
    }

    @Test
    void the_maximum_is_reached_detail_by_detail_after_the_percentage() {
        RatedLine line = rate(
                graduated(tier("10", null, "1"), tier("20", null, "1"), tier(null, null, "1")),
                new Terms(null, null, decimal("10"), null, decimal("12")),
                "30");

        assertThat(line.details())
                .extracting(DetailedLine::discounts)
                .containsExactly(
                        List.of(percentage("1")),
                        List.of(percentage("1"), maximum("6")),
                        List.of(percentage("1"), maximum("9")));
        assertThat(total(line)).isEqualTo("12.00");
    }

    private static Discount percentage(String dollars) {
        return new Discount(DiscountReason.RATECARD_PERCENTAGE, dollars(dollars));
    }

    private static Discount maximum(String dollars) {
        return new Discount(DiscountReason.MAXIMUM_SPEND, dollars(dollars));
    }

    private static Money dollars(String amount) {
        return new Money(decimal(amount), USD);
    }

    @Test
    void the_minimum_tops_up_what_is_left_after_discounts() {
        RatedLine line = rate(unit("1"), new Terms(null, null, decimal("50"), decimal("10"), null), "8");

        assertThat(line.details().getLast().key()).isEqualTo(Rating.MINIMUM_SPEND_KEY);
        assertThat(line.details().getLast().category()).isEqualTo(Category.COMMITMENT);
        assertThat(line.totals()).isEqualTo(new Totals(dollars("8"), dollars("6"), dollars("4")));
        assertThat(total(line)).isEqualTo("10.00");
    }

    @Test
    void a_minimum_is_due_without_usage_and_not_when_it_is_reached() {
        Terms tenAtLeast = new Terms(null, null, null, decimal("10"), null);

        assertThat(total(rate(unit("1"), tenAtLeast, "0"))).isEqualTo("10.00");
        assertThat(rate(unit("1"), tenAtLeast, "10").details()).hasSize(1);
    }

    @Test
    void units_are_converted_before_some_of_them_are_free() {
        UnitConversion dozens = new UnitConversion(Operation.DIVIDE, decimal("12"), Rounding.CEILING, 0);
        RatedLine line = rate(unit("2"), new Terms(dozens, decimal("3"), null, null, null), "50");

        assertThat(line.rawQuantity()).isEqualByComparingTo("50");
        assertThat(line.freeUnits()).isEqualByComparingTo("3");
        assertThat(line.invoicedQuantity()).isEqualByComparingTo("2");
        assertThat(total(line)).isEqualTo("4.00");
    }

    @Test
    void no_more_units_are_free_than_there_are() {
        RatedLine line = rate(unit("2"), new Terms(null, decimal("100"), null, null, null), "7");

        assertThat(line.freeUnits()).isEqualByComparingTo("7");
        assertThat(line.invoicedQuantity()).isEqualByComparingTo("0");
        assertThat(total(line)).isEqualTo("0.00");
    }

    @Test
    void corrections_that_outweigh_the_usage_are_shown_and_cost_nothing() {
        RatedLine line = rate(unit("2"), Terms.NONE, "-7");

        assertThat(line.rawQuantity()).isEqualByComparingTo("-7");
        assertThat(line.invoicedQuantity()).isEqualByComparingTo("0");
        assertThat(total(line)).isEqualTo("0.00");
    }

    @Test
    void in_several_bills_what_is_due_without_usage_is_in_the_first_and_the_top_up_in_the_last() {
        Terms fiveAtLeast = new Terms(null, null, null, decimal("5"), null);

        assertThat(total(TEN_FOR_A_DOLLAR_THEN_CHEAPER, fiveAtLeast, Piece.first(decimal("0"))))
                .isEqualTo("1.00");
        assertThat(total(TEN_FOR_A_DOLLAR_THEN_CHEAPER, fiveAtLeast, Piece.next(decimal("0"), decimal("12"))))
                .isEqualTo("1.60");
        assertThat(total(TEN_FOR_A_DOLLAR_THEN_CHEAPER, fiveAtLeast, Piece.next(decimal("12"), decimal("12"))))
                .isEqualTo("0.00");
        assertThat(total(TEN_FOR_A_DOLLAR_THEN_CHEAPER, fiveAtLeast, Piece.last(decimal("12"), decimal("12"))))
                .isEqualTo("2.40");
    }

    @Test
    void a_flat_price_is_in_the_first_bill_only() {
        Price flat = new Price.Flat(decimal("20"));

        assertThat(total(flat, Terms.NONE, Piece.first(decimal("0")))).isEqualTo("20.00");
        assertThat(total(flat, Terms.NONE, Piece.last(decimal("0"), decimal("0"))))
                .isEqualTo("0.00");
    }

    @Test
    void a_volume_price_is_in_the_last_bill_only() {
        Price price = volume(tier("10", null, "1"), tier(null, null, "0.1"));

        assertThat(total(price, Terms.NONE, Piece.first(decimal("10")))).isEqualTo("0.00");
        assertThat(total(price, Terms.NONE, Piece.last(decimal("10"), decimal("20"))))
                .isEqualTo("2.00");
    }

    @Test
    void a_package_opened_in_one_bill_is_not_billed_in_the_next() {
        UnitConversion packages = new UnitConversion(Operation.DIVIDE, decimal("20"), Rounding.CEILING, 0);
        Terms terms = new Terms(packages, null, null, null, null);

        assertThat(total(unit("10"), terms, Piece.first(decimal("5")))).isEqualTo("10.00");
        assertThat(total(unit("10"), terms, Piece.next(decimal("5"), decimal("19"))))
                .isEqualTo("0.00");
        assertThat(total(unit("10"), terms, Piece.last(decimal("19"), decimal("21"))))
                .isEqualTo("10.00");
    }

    @Test
    void a_discount_that_does_not_grow_is_not_on_the_next_bill() {
        Terms onePercent = new Terms(null, null, decimal("1"), null, null);

        RatedLine line = Rating.rate(unit("0.01"), onePercent, Piece.next(decimal("100"), decimal("101")), USD);

        assertThat(line.details()).singleElement().satisfies(detail -> {
            assertThat(detail.amount()).isEqualTo(dollars("0.01"));
            assertThat(detail.discounts()).isEmpty();
        });
    }

    @Test
    void usage_that_was_billed_and_then_corrected_away_bills_nothing() {
        RatedLine line = Rating.rate(unit("1"), Terms.NONE, Piece.last(decimal("10"), decimal("4")), USD);

        assertThat(line.rawQuantity()).isEqualByComparingTo("-6");
        assertThat(line.details()).isEmpty();
    }

    private static String total(Price price, Terms terms, Piece piece) {
        return total(Rating.rate(price, terms, piece, USD));
    }

    private static String total(RatedLine line) {
        return line.totals().total().amount().toPlainString();
    }

    private static RatedLine rate(Price price, Terms terms, String metered) {
        return Rating.rate(price, terms, decimal(metered), USD);
    }
}
