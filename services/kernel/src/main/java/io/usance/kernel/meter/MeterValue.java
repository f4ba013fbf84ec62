package io.usance.kernel.meter;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the numbers that events carry, exactly. */
public final class MeterValue {
    /** Most significant digits that a value may have. */
    public static final int PRECISION_MAX = 38;

    /** Most digits that a value may need on either side of the point when it is written without an exponent. */
    public static final int SCALE_MAX = 60;

    private static final int LENGTH_MAX = 128;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

    /**
     * The number that {@code text} writes, as a JSON number or a numeric string, without loss.
     *
     * @return empty where {@link #refusal} has a reason
     */
    public static Optional<BigDecimal> parse(String text) {
        return isWritten(text) ? bounded(new BigDecimal(text)) : Optional.empty();
    }

    /** {@code number} if it is within the bounds of {@link #parse}. */
    public static Optional<BigDecimal> bounded(BigDecimal number) {
        return isShort(number) && isNear(number) ? Optional.of(number) : Optional.empty();
    }

    /**
     * Why {@code text} is not taken: it is not a finite decimal number in plain or scientific notation, or it has more
     * than {@value #PRECISION_MAX} significant digits, or it needs more than {@value #SCALE_MAX} digits before or after
     * the point.
     *
     * @return a clause for people, such as "is not a decimal number"; empty if it is taken
     */
    public static Optional<String> refusal(String text) {
        if (text.isBlank()) {
            return Optional.of("is blank");
        }
        if (!isWritten(text)) {
            return Optional.of("is not a decimal number");
        }
        BigDecimal number = new BigDecimal(text);
        if (!isNear(number)) {
            return Optional.of("needs more than " + SCALE_MAX + " digits before or after the decimal point");
        }
        return isShort(number)
                ? Optional.empty()
                : Optional.of("has more than " + PRECISION_MAX + " significant digits");
    }

    private static boolean isWritten(String text) {
        return text.length() <= LENGTH_MAX && NUMBER.matcher(text).matches();
    }

    private static boolean isShort(BigDecimal number) {
        return number.stripTrailingZeros().precision() <= PRECISION_MAX;
    }

    private static boolean isNear(BigDecimal number) {
        long digitsBefore = (long) number.precision() - number.scale();
        return number.scale() <= SCALE_MAX && digitsBefore <= SCALE_MAX;
    }

    private MeterValue() {}
}
