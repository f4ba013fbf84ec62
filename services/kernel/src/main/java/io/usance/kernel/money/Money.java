package io.usance.kernel.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in a currency, always at the currency's own scale, so that 1 and 1.00 dollars are equal.
 *
 * @param amount may be negative; in the currency's major unit, with {@code currency.digits()} digits
 *     after the point
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {
    /**
     * @throws ArithmeticException if {@code amount} has more digits than the currency; use {@link #rounded} for those
     */
    public Money {
        amount = amount.setScale(currency.digits(), RoundingMode.UNNECESSARY);
    }

    /**
     * The only place where precision is lost: half away from zero to the currency's minor unit, so that an amount and
     * its negative round alike.
     */
    public static Money rounded(BigDecimal exact, Currency currency) {
        return new Money(exact.setScale(currency.digits(), RoundingMode.HALF_UP), currency);
    }

    public static Money zero(Currency currency) {
        return rounded(BigDecimal.ZERO, currency);
    }

    /** @throws IllegalArgumentException if {@code other} is in another currency, as in all arithmetic here */
    public Money plus(Money other) {
        return new Money(amount.add(same(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(same(other).amount), currency);
    }

    public Money negate() {
        return new Money(amount.negate(), currency);
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(same(other).amount);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.code();
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot combine " + currency + " with " + other.currency);
        }
        return other;
    }
}
