package io.usance.catalog.ratecard;

import io.usance.catalog.ratecard.model.Curve;
import io.usance.contracts.catalog.RateCard;
import io.usance.kernel.money.Currency;
import io.usance.kernel.price.RatedLine;
import io.usance.kernel.price.Totals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * What a quantity costs, in the form of an invoice line.
 *
 * @param discounts free units; null for none
 * @param explanation a sentence for each step, in order
 * @param curve what whole periods cost, by ascending quantity
 */
record RateCardPreviewView(
        String currency,
        Quantities usageQuantityDetail,
        Discounts discounts,
        List<DetailedLineView> detailedLines,
        TotalsView totals,
        List<String> explanation,
        List<Point> curve) {

    /**
     * @param rawQuantity as metered
     * @param invoicedQuantity after conversion and free units
     */
    record Quantities(BigDecimal rawQuantity, BigDecimal invoicedQuantity, String displayUnit) {}

    record Discounts(List<AmountDiscount> amount, List<UsageDiscount> usage) {}

    record AmountDiscount(String reason, BigDecimal amount) {}

    record UsageDiscount(String reason, BigDecimal quantity) {}

    /** @param key stable name of the part, unique in the line */
    record DetailedLineView(
            String key,
            String category,
            BigDecimal quantity,
            BigDecimal unitPrice,
            Discounts discounts,
            TotalsView totals) {
        private static DetailedLineView of(RatedLine.DetailedLine line) {
            List<AmountDiscount> discounts = line.discounts().stream()
                    .map(discount -> new AmountDiscount(
                            discount.reason().name().toLowerCase(Locale.ROOT),
                            discount.amount().amount()))
                    .toList();
            return new DetailedLineView(
                    line.key(),
                    line.category().name().toLowerCase(Locale.ROOT),
                    plain(line.quantity()),
                    plain(line.unitPrice()),
                    discounts.isEmpty() ? null : new Discounts(discounts, null),
                    TotalsView.of(line.totals()));
        }
    }

    /** Sums of rounded amounts. */
    record TotalsView(BigDecimal amount, BigDecimal chargesTotal, BigDecimal discountsTotal, BigDecimal total) {
        private static TotalsView of(Totals totals) {
            return new TotalsView(
                    totals.amount().amount(),
                    totals.charges().amount(),
                    totals.discounts().amount(),
                    totals.total().amount());
        }
    }

    record Point(BigDecimal quantity, BigDecimal total) {}

    static RateCardPreviewView of(
            RateCard card, Currency currency, RatedLine line, List<String> explanation, List<Curve.Point> curve) {
        return new RateCardPreviewView(
                currency.code(),
                new Quantities(
                        plain(line.rawQuantity()),
                        plain(line.invoicedQuantity()),
                        card.unitConfig() == null ? null : card.unitConfig().displayUnit()),
                line.freeUnits().signum() == 0
                        ? null
                        : new Discounts(null, List.of(new UsageDiscount("ratecard_usage", plain(line.freeUnits())))),
                line.details().stream().map(DetailedLineView::of).toList(),
                TotalsView.of(line.totals()),
                explanation,
                curve.stream()
                        .map(point ->
                                new Point(plain(point.quantity()), point.total().amount()))
                        .toList());
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
