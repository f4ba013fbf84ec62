package io.usance.kernel.price;

import io.usance.kernel.money.Money;
import io.usance.kernel.price.RatedLine.Category;
import io.usance.kernel.price.RatedLine.DetailedLine;
import io.usance.kernel.price.RatedLine.Discount;
import io.usance.kernel.price.RatedLine.DiscountReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a period costs from its start up to some quantity.
 *
 * @param billable units after conversion and usage discount
 * @param freeUnits units that the usage discount took off
 * @param lines at most one per key
 */
record Bill(BigDecimal billable, BigDecimal freeUnits, List<DetailedLine> lines) {

    static final Bill NOTHING = new Bill(BigDecimal.ZERO, BigDecimal.ZERO, List.of());

    /**
     * The bill for {@code metered} units; corrections that outweigh the usage are not paid back, so negative ones cost
     * as 0.
     */
    static Bill upTo(BigDecimal metered, Price price, Terms terms, Currency currency) {
        BigDecimal converted = terms.converted(metered.max(BigDecimal.ZERO));
        BigDecimal freeUnits = terms.freeUnitsOf(converted);
        BigDecimal billable = converted.subtract(freeUnits);

        List<DetailedLine> lines = new ArrayList<>();
        Money spent = Money.zero(currency);
        for (Price.Component component : price.components(billable)) {
            DetailedLine line = line(component, terms, spent, currency);
            lines.add(line);
            spent = spent.plus(line.totals().total());
        }
        return new Bill(billable, freeUnits, List.copyOf(lines));
    }

    private static DetailedLine line(Price.Component component, Terms terms, Money spent, Currency currency) {
        Money amount = Money.rounded(component.quantity().multiply(component.unitPrice()), currency);
        List<Discount> discounts = new ArrayList<>();

        Money percentage = terms.percentageOff(amount);
        if (percentage.isPositive()) {
            discounts.add(new Discount(DiscountReason.RATECARD_PERCENTAGE, percentage));
        }
        Money left = amount.minus(percentage);
        Money overMaximum = terms.overMaximum(spent.plus(left));
        if (overMaximum.isPositive()) {
            discounts.add(new Discount(DiscountReason.MAXIMUM_SPEND, overMaximum));
        }
        return new DetailedLine(
                component.key(),
                Category.REGULAR,
                component.quantity(),
                component.unitPrice(),
                amount,
                List.copyOf(discounts));
    }

    /** This bill, topped up to the minimum spend. */
    Bill toppedUp(Terms terms, Currency currency) {
        Money spent = Totals.sum(lines.stream().map(DetailedLine::totals).toList(), currency)
                .total();
        Money missing = terms.underMinimum(spent);
        if (!missing.isPositive()) {
            return this;
        }
        List<DetailedLine> withTopUp = new ArrayList<>(lines);
        withTopUp.add(new DetailedLine(
                Rating.MINIMUM_SPEND_KEY, Category.COMMITMENT, BigDecimal.ONE, missing.amount(), missing, List.of()));
        return new Bill(billable, freeUnits, List.copyOf(withTopUp));
    }

    /**
     * What this bill has more than {@code earlier}, key by key.
     *
     * @param earlier for at most as many units, at the same price and terms
     */
    Bill minus(Bill earlier) {
        Map<String, DetailedLine> billed =
                earlier.lines.stream().collect(Collectors.toMap(DetailedLine::key, Function.identity()));
        List<DetailedLine> rest = lines.stream()
                .map(line -> billed.containsKey(line.key()) ? line.minus(billed.get(line.key())) : line)
                .filter(line -> line.quantity().signum() != 0)
                .toList();
        return new Bill(billable.subtract(earlier.billable), freeUnits.subtract(earlier.freeUnits), rest);
    }
}
