package io.usance.catalog.currency.model;

import io.usance.catalog.model.Violation;
import io.usance.kernel.money.Currency;
import java.util.ArrayList;
import java.util.List;

/**
 * What a currency of a tenant's own must keep beyond its form. That its code has at least four characters keeps it apart from
 * those of ISO 4217, which have three.
 */
public final class CustomCurrencyRules {
    public static final int SYMBOL_LENGTH_MAX = 8;

    /**
     * Every rule that is broken.
     *
     * @param symbol null for none
     * @param precision digits after the decimal mark
     */
    public static List<Violation> violations(
            String code, String symbol, long precision, String decimalMark, String thousandSeparator) {
        List<Violation> violations = new ArrayList<>();
        if (!code.strip().equals(code)) {
            violations.add(invalid("must not start or end with a space", "code"));
        }
        if (code.chars().anyMatch(character -> character == '|' || Character.isISOControl(character))) {
            violations.add(invalid("must not contain | or a control character", "code"));
        }
        if (symbol != null && symbol.codePointCount(0, symbol.length()) > SYMBOL_LENGTH_MAX) {
            violations.add(invalid("must have at most " + SYMBOL_LENGTH_MAX + " characters", "symbol"));
        }
        if (precision < 0 || precision > Currency.DIGITS_MAX) {
            violations.add(invalid("must be from 0 to " + Currency.DIGITS_MAX, "precision"));
        }
        if (decimalMark.equals(thousandSeparator)) {
            violations.add(invalid(
                    "must differ from decimal_mark, or amounts could be read in two ways", "thousand_separator"));
        }
        return violations;
    }

    private static Violation invalid(String message, String field) {
        return new Violation("currency_invalid", message, field);
    }

    private CustomCurrencyRules() {}
}
