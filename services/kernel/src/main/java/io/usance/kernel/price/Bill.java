package io.usance.kernel.price;

import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import io.usance.kernel.price.RatedLine.Category;
import io.usance.kernel.price.RatedLine.DetailedLine;
import io.usance.kernel.price.RatedLine.DiscountReason;
import java.math.BigDecimal;
import java.util.ArrayList;
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
     * The bill for {@code metered} units, without regard to minimum and maximum spend; corrections that outweigh the
     * usage are not paid back, so negative ones cost as 0.
     */
    static Bill upTo(BigDecimal metered, Price price, Terms terms, Currency currency) {
        BigDecimal converted = terms.converted(metered.max(BigDecimal.ZERO));
        BigDecimal freeUnits = terms.freeUnitsOf(converted);
        BigDecimal billable = converted.subtract(freeUnits);

        List<DetailedLine> lines = price.components(billable).stream()
                .map(component -> line(component, terms, currency))
                .toList();
        return new Bill(billable, freeUnits, lines);
    }

    private static DetailedLine line(Price.Component component, Terms terms, Currency currency) {
        Money amount = Money.rounded(component.quantity().multiply(component.unitPrice()), currency);
        DetailedLine line = new DetailedLine(
                component.key(), Category.REGULAR, component.quantity(), component.unitPrice(), amount, List.of());
        return terms.percentageDiscount() == null
                ? line
                : line.less(DiscountReason.RATECARD_PERCENTAGE, terms.percentageOff(amount));
    }

    /** This bill, as far as it brings what was {@code spent} before it to the maximum spend and no further. */
    Bill capped(Terms terms, Money spent) {
        if (terms.maximumSpend() == null) {
            return this;
        }
        List<DetailedLine> capped = new ArrayList<>();
        Money soFar = spent;
        for (DetailedLine line : lines) {
            Money left = line.total();
            DetailedLine cut = line.less(
                    DiscountReason.MAXIMUM_SPEND,
                    terms.overMaximum(soFar.plus(left)).min(left));
            capped.add(cut);
            soFar = soFar.plus(cut.total());
        }
        return new Bill(billable, freeUnits, List.copyOf(capped));
    }

    /** This bill, topped up so that with what was {@code spent} before it the minimum spend is reached. */
    Bill toppedUp(Terms terms, Money spent) {
        if (terms.minimumSpend() == null) {
            return this;
        }
        Money missing = terms.underMinimum(spent.plus(total(spent.currency())));
        if (!missing.isPositive()) {
            return this;
        }
        List<DetailedLine> withTopUp = new ArrayList<>(lines);
        withTopUp.add(new DetailedLine(
                Rating.MINIMUM_SPEND_KEY, Category.COMMITMENT, BigDecimal.ONE, missing.amount(), missing, List.of()));
        return new Bill(billable, freeUnits, List.copyOf(withTopUp));
    }

    private Money total(Currency currency) {
        return lines.stream().map(DetailedLine::total).reduce(Money.zero(currency), Money::plus);
    }

    /**
     * What this bill has more than {@code earlier}, key by key.
     *
     * @param earlier for at most as many units, at the same price and terms
     */
    Bill minus(Bill earlier) {
        if (earlier.lines.isEmpty()) {
            return new Bill(billable.subtract(earlier.billable), freeUnits.subtract(earlier.freeUnits), lines);
        }
        Map<String, DetailedLine> billed =
                earlier.lines.stream().collect(Collectors.toMap(DetailedLine::key, Function.identity()));
        List<DetailedLine> rest = lines.stream()
                .map(line -> billed.containsKey(line.key()) ? line.minus(billed.get(line.key())) : line)
                .filter(line -> line.quantity().signum() != 0)
                .toList();
        return new Bill(billable.subtract(earlier.billable), freeUnits.subtract(earlier.freeUnits), rest);
    }
}
