package io.usance.kernel.price;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Conversion of metered units into the units that are priced, e.g. bytes into gigabytes or units into packages.
 *
 * @param factor greater than 0
 * @param precision digits after the point that rounding keeps, 0 to {@value #PRECISION_MAX}; without rounding it has no
 *     effect
 */
public record UnitConversion(Operation operation, BigDecimal factor, Rounding rounding, int precision) {
    public static final int PRECISION_MAX = 12;

    /** Digits after the point of a division that is not rounded by configuration. */
    public static final int DIVISION_SCALE = 34;

    /** What is done with the factor. */
    public enum Operation {
        DIVIDE,
        MULTIPLY
    }

    /** What is done with the digits beyond the precision. */
    public enum Rounding {
        NONE,
        /** A part of a unit is a whole one. */
        CEILING,
        /** A part of a unit is none. */
        FLOOR,
        HALF_UP
    }

    public UnitConversion {
        if (factor.signum() <= 0) {
            throw new IllegalArgumentException("the conversion factor must be greater than 0: " + factor);
        }
        if (precision < 0 || precision > PRECISION_MAX) {
            throw new IllegalArgumentException("precision must be 0 to " + PRECISION_MAX + ": " + precision);
        }
    }

    /** {@code quantity} metered units (≥ 0) in priced units, rounded once. */
    public BigDecimal convert(BigDecimal quantity) {
        return switch (rounding) {
            case NONE -> exact(quantity);
            case CEILING -> rounded(quantity, RoundingMode.CEILING);
            case FLOOR -> rounded(quantity, RoundingMode.FLOOR);
            case HALF_UP -> rounded(quantity, RoundingMode.HALF_UP);
        };
    }

    private BigDecimal exact(BigDecimal quantity) {
        return switch (operation) {
            case MULTIPLY -> quantity.multiply(factor);
            case DIVIDE ->
                quantity.divide(factor, DIVISION_SCALE, RoundingMode.HALF_UP).stripTrailingZeros();
        };
    }

    private BigDecimal rounded(BigDecimal quantity, RoundingMode mode) {
        return switch (operation) {
            case MULTIPLY -> quantity.multiply(factor).setScale(precision, mode);
            case DIVIDE -> quantity.divide(factor, precision, mode);
        };
    }
}
