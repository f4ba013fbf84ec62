package io.usance.kernel.time;

import io.usance.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a part of a period costs, of an amount that is meant for the whole: by whole seconds, not by days. */
public final class Proration {
    /**
     * Digits after the point of an amount that is not rounded to money yet. Enough that rounding it afterwards gives
     * what rounding at once would: a fraction over fewer than 10¹⁵ seconds is no nearer to half a cent than that.
     */
    public static final int RATIO_SCALE = 34;

    /**
     * {@code full} × part ÷ whole, rounded to money.
     *
     * @param part within {@code whole}; a fraction of a second is not charged
     * @throws IllegalArgumentException if {@code part} is not within {@code whole}, or {@code whole} is under a second
     */
    public static Money prorate(Money full, Period part, Period whole) {
        return Money.rounded(prorate(full.amount(), part, whole), full.currency());
    }

    /** As above, but not rounded to money: exact to {@value #RATIO_SCALE} digits after the point. */
    public static BigDecimal prorate(BigDecimal full, Period part, Period whole) {
        if (part.start().isBefore(whole.start()) || part.end().isAfter(whole.end())) {
            throw new IllegalArgumentException(part + " is not within " + whole);
        }
        long wholeSeconds = whole.duration().toSeconds();
        if (wholeSeconds == 0) {
            throw new IllegalArgumentException("too short to charge a part of: " + whole);
        }
        BigDecimal partSeconds = BigDecimal.valueOf(part.duration().toSeconds());
        return full.multiply(partSeconds).divide(BigDecimal.valueOf(wholeSeconds), RATIO_SCALE, RoundingMode.HALF_UP);
    }

    private Proration() {}
}
