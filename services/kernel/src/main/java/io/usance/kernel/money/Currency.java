package io.usance.kernel.money;

import java.util.Optional;

/**
 * What amounts are counted in.
 *
 * @param code of ISO 4217, or of a tenant's own currency, which is none of those
 * @param digits after the point of the smallest amount, 0 to {@value #DIGITS_MAX}
 */
public record Currency(String code, int digits) {
    public static final int DIGITS_MAX = 12;

    /** @throws IllegalArgumentException if there are too many digits, or fewer than none */
    public Currency {
        if (digits < 0 || digits > DIGITS_MAX) {
            throw new IllegalArgumentException("a currency has 0 to " + DIGITS_MAX + " digits: " + digits);
        }
    }

    /** @throws IllegalArgumentException if ISO 4217 knows no such code, or no money is counted in it */
    public static Currency iso(String code) {
        return tryIso(code).orElseThrow(() -> new IllegalArgumentException("there is no currency " + code));
    }

    /** The currency of an ISO 4217 code; empty for codes of things that no money is counted in, such as gold. */
    public static Optional<Currency> tryIso(String code) {
        try {
            int digits = java.util.Currency.getInstance(code).getDefaultFractionDigits();
            return digits < 0 ? Optional.empty() : Optional.of(new Currency(code, digits));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
