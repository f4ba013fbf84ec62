package io.usance.kernel.price;

import io.usance.kernel.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a quantity costs, with every step that led there.
 *
 * @param rawQuantity as metered; negative if corrections outweigh the usage
 * @param invoicedQuantity after conversion and usage discount, ≥ 0
 * @param freeUnits units that the usage discount took off, ≥ 0
 * @param details may be empty; one per key
 * @param totals sum of the details
 */
public record RatedLine(
        BigDecimal rawQuantity,
        BigDecimal invoicedQuantity,
        BigDecimal freeUnits,
        List<DetailedLine> details,
        Totals totals) {

    /** Why a detailed line is there. */
    public enum Category {
        /** Usage or a fee. */
        REGULAR,
        /** Tops up to the minimum spend. */
        COMMITMENT
    }

    /** Why an amount was taken off. */
    public enum DiscountReason {
        MAXIMUM_SPEND,
        RATECARD_PERCENTAGE
    }

    /** @param amount greater than 0 */
    public record Discount(DiscountReason reason, Money amount) {
        public Discount {
            if (!amount.isPositive()) {
                throw new IllegalArgumentException("a discount must be greater than 0: " + amount);
            }
        }
    }

    /**
     * One part of the charge.
     *
     * @param key stable within the line, e.g. {@code unit-price}
     * @param unitPrice in the currency's major unit
     * @param amount quantity × unit price, rounded; where a period is billed in several parts, the rounded amount so
     *     far less what was billed before, so that the parts add up
     * @param discounts at most one per reason
     */
    public record DetailedLine(
            String key,
            Category category,
            BigDecimal quantity,
            BigDecimal unitPrice,
            Money amount,
            List<Discount> discounts) {

        /** What was taken off. */
        public Money discounted() {
            return discounts.stream().map(Discount::amount).reduce(Money.zero(amount.currency()), Money::plus);
        }

        /** What is left of the amount. */
        Money total() {
            return discounts.isEmpty() ? amount : amount.minus(discounted());
        }

        /** This line with {@code amount} taken off, if that is anything. */
        DetailedLine less(DiscountReason reason, Money amount) {
            if (!amount.isPositive()) {
                return this;
            }
            List<Discount> more = new ArrayList<>(discounts);
            more.add(new Discount(reason, amount));
            return new DetailedLine(key, category, quantity, unitPrice, this.amount, List.copyOf(more));
        }

        /** What of this line was not on {@code billed}, an earlier state of the same line, yet. */
        DetailedLine minus(DetailedLine billed) {
            List<Discount> rest = new ArrayList<>();
            for (Discount discount : discounts) {
                Money more = discount.amount.minus(billed.discounted(discount.reason));
                if (more.isPositive()) {
                    rest.add(new Discount(discount.reason, more));
                }
            }
            return new DetailedLine(
                    key,
                    category,
                    quantity.subtract(billed.quantity),
                    unitPrice,
                    amount.minus(billed.amount),
                    List.copyOf(rest));
        }

        private Money discounted(DiscountReason reason) {
            return discounts.stream()
                    .filter(discount -> discount.reason == reason)
                    .map(Discount::amount)
                    .reduce(Money.zero(amount.currency()), Money::plus);
        }

        public Totals totals() {
            Money zero = Money.zero(amount.currency());
            return switch (category) {
                case REGULAR -> new Totals(amount, zero, discounted());
                case COMMITMENT -> new Totals(zero, amount, discounted());
            };
        }
    }
}
