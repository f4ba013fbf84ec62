package io.usance.kernel.price;

import io.usance.kernel.money.Money;
import java.math.BigDecimal;

/**
 * What changes a price's amount, besides the price itself; every part may be null for none.
 *
 * @param conversion of metered units, before everything else
 * @param freeUnits usage discount: units that cost nothing, ≥ 0
 * @param percentageDiscount 0 to 100
 * @param minimumSpend ≥ 0, in the currency's major unit
 * @param maximumSpend ≥ 0 and ≥ the minimum, in the currency's major unit
 */
public record Terms(
        UnitConversion conversion,
        BigDecimal freeUnits,
        BigDecimal percentageDiscount,
        BigDecimal minimumSpend,
        BigDecimal maximumSpend) {
    /** No terms at all. */
    public static final Terms NONE = new Terms(null, null, null, null, null);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** @throws IllegalArgumentException if a part is outside its bounds */
    public Terms {
        requireNotNegative("the usage discount", freeUnits);
        requireNotNegative("the percentage discount", percentageDiscount);
        requireNotNegative("the minimum spend", minimumSpend);
        requireNotNegative("the maximum spend", maximumSpend);
        if (percentageDiscount != null && percentageDiscount.compareTo(HUNDRED) > 0) {
            throw new IllegalArgumentException("the percentage discount must be at most 100: " + percentageDiscount);
        }
        if (minimumSpend != null && maximumSpend != null && minimumSpend.compareTo(maximumSpend) > 0) {
            throw new IllegalArgumentException("the minimum spend must not be greater than the maximum spend");
        }
    }

    BigDecimal converted(BigDecimal metered) {
        return conversion == null ? metered : conversion.convert(metered);
    }

    /** How many of {@code converted} units cost nothing. */
    BigDecimal freeUnitsOf(BigDecimal converted) {
        return freeUnits == null ? BigDecimal.ZERO : freeUnits.min(converted);
    }

    /** What the percentage discount takes off {@code amount}, rounded. */
    Money percentageOff(Money amount) {
        return percentageDiscount == null
                ? Money.zero(amount.currency())
                : Money.rounded(amount.amount().multiply(percentageDiscount).movePointLeft(2), amount.currency());
    }

    /** By how much {@code spent} is above the maximum spend; not positive if it is not. */
    Money overMaximum(Money spent) {
        return maximumSpend == null
                ? Money.zero(spent.currency())
                : spent.minus(Money.rounded(maximumSpend, spent.currency()));
    }

    /** By how much {@code spent} is below the minimum spend; not positive if it is not. */
    Money underMinimum(Money spent) {
        return minimumSpend == null
                ? Money.zero(spent.currency())
                : Money.rounded(minimumSpend, spent.currency()).minus(spent);
    }

    private static void requireNotNegative(String what, BigDecimal value) {
        if (value != null && value.signum() < 0) {
            throw new IllegalArgumentException(what + " must not be negative: " + value);
        }
    }
}
