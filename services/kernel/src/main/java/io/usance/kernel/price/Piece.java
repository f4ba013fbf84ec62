package io.usance.kernel.price;

import java.math.BigDecimal;

/**
 * The part of a service period that one bill is made for, as metered units.
 *
 * @param before units from the period's start that earlier bills of the period were made for; null if this is the
 *     first, which differs from 0: the first one charges what is due without usage
 * @param soFar units from the period's start to the end of this part; less than {@code before} bills nothing
 * @param last whether the part ends with the period
 */
public record Piece(BigDecimal before, BigDecimal soFar, boolean last) {

    /** A whole period in one bill. */
    public static Piece whole(BigDecimal metered) {
        return new Piece(null, metered, true);
    }

    /** The first bill of several. */
    public static Piece first(BigDecimal soFar) {
        return new Piece(null, soFar, false);
    }

    /** A further bill, but not the last. */
    public static Piece next(BigDecimal before, BigDecimal soFar) {
        return new Piece(before, soFar, false);
    }

    /** The last bill of several. */
    public static Piece last(BigDecimal before, BigDecimal soFar) {
        return new Piece(before, soFar, true);
    }

    boolean isFirst() {
        return before == null;
    }

    /** Units from the period's start that this bill is made up to. */
    BigDecimal units() {
        return isFirst() ? soFar : soFar.max(before);
    }

    /** Units metered in this part; negative if corrections outweigh the usage. */
    BigDecimal metered() {
        return isFirst() ? soFar : soFar.subtract(before);
    }
}
