package io.usance.ingestion.total;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A meter's totals are not complete: part of its history is still being counted. Answers are the same as with them, and
 * slower.
 *
 * @param counted about which part of the history is in the totals, 0 to 1; empty while its length is not known
 */
public record CatchUp(Optional<BigDecimal> counted) {
    /** Counting has not begun. */
    static final CatchUp BEGINNING = new CatchUp(Optional.of(BigDecimal.ZERO));

    /** Nobody has looked yet how long the history is. */
    static final CatchUp UNKNOWN = new CatchUp(Optional.empty());

    private static final int DIGITS = 2;

    /**
     * @param counted of the history's events, ≥ 0; may be more than {@code size}, which is taken once
     * @param size ≥ 0
     */
    static CatchUp of(long counted, long size) {
        return new CatchUp(Optional.of(
                counted >= size
                        ? BigDecimal.ONE
                        : BigDecimal.valueOf(counted).divide(BigDecimal.valueOf(size), DIGITS, RoundingMode.DOWN)));
    }
}
