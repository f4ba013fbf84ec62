package io.usance.kernel.price;

import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import io.usance.kernel.price.RatedLine.DetailedLine;
import java.util.List;

/**
 * Sums of rounded lines, never rounded again. All in one currency and none negative.
 *
 * @param amount of usage and fees, before discounts
 * @param charges that top up to minimum spends
 * @param discounts taken off
 * @param credits used up instead of being paid
 * @param inclusiveTaxes that the other parts contain already
 * @param exclusiveTaxes that come on top
 */
public record Totals(
        Money amount, Money charges, Money discounts, Money credits, Money inclusiveTaxes, Money exclusiveTaxes) {

    /** @throws IllegalArgumentException if a part or the total is negative */
    public Totals {
        Money total = amount.plus(charges).plus(exclusiveTaxes).minus(discounts).minus(credits);
        boolean hasNegativePart = amount.isNegative()
                || charges.isNegative()
                || discounts.isNegative()
                || credits.isNegative()
                || inclusiveTaxes.isNegative()
                || exclusiveTaxes.isNegative();
        if (hasNegativePart || total.isNegative()) {
            throw new IllegalArgumentException("totals must not be negative: amount " + amount + ", charges " + charges
                    + ", discounts " + discounts + ", credits " + credits + ", total " + total);
        }
    }

    /** Before credits and taxes. */
    public Totals(Money amount, Money charges, Money discounts) {
        this(amount, charges, discounts, zeroLike(amount), zeroLike(amount), zeroLike(amount));
    }

    /** amount + charges + exclusive taxes − discounts − credits. */
    public Money total() {
        return amount.plus(charges).plus(exclusiveTaxes).minus(discounts).minus(credits);
    }

    /** All taxes, whether contained in the total's other parts or on top. */
    public Money taxes() {
        return inclusiveTaxes.plus(exclusiveTaxes);
    }

    /** Part by part. */
    public Totals plus(Totals other) {
        return new Totals(
                amount.plus(other.amount),
                charges.plus(other.charges),
                discounts.plus(other.discounts),
                credits.plus(other.credits),
                inclusiveTaxes.plus(other.inclusiveTaxes),
                exclusiveTaxes.plus(other.exclusiveTaxes));
    }

    public static Totals zero(Currency currency) {
        Money zero = Money.zero(currency);
        return new Totals(zero, zero, zero);
    }

    /** @param currency of all {@code totals}, of which there may be none */
    public static Totals sum(List<Totals> totals, Currency currency) {
        return totals.stream().reduce(zero(currency), Totals::plus);
    }

    /** What {@code lines}, all in {@code currency}, come to. */
    static Totals of(List<DetailedLine> lines, Currency currency) {
        Money amount = Money.zero(currency);
        Money charges = amount;
        Money discounts = amount;
        for (DetailedLine line : lines) {
            switch (line.category()) {
                case REGULAR -> amount = amount.plus(line.amount());
                case COMMITMENT -> charges = charges.plus(line.amount());
            }
            if (!line.discounts().isEmpty()) {
                discounts = discounts.plus(line.discounted());
            }
        }
        return new Totals(amount, charges, discounts);
    }

    private static Money zeroLike(Money money) {
        return Money.zero(money.currency());
    }
}
