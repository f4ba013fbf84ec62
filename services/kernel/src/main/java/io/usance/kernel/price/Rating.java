package io.usance.kernel.price;

import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import java.math.BigDecimal;

/**
 * Turns metered quantities into amounts: quantity → conversion → usage discount → price, each component of which is
 * rounded to the currency's minor unit → percentage discount → maximum spend → minimum spend. Sums are sums of rounded
 * amounts.
 *
 * <p>A period costs the same in one bill and in several: each of several is the bill of the period so far, less what
 * the earlier ones were.
 */
public final class Rating {
    /** The key of the detailed line that tops up to the minimum spend. */
    public static final String MINIMUM_SPEND_KEY = "minimum-commitment";

    /**
     * Rates one whole service period.
     *
     * @param metered units as metered in the period; negative ones are billed as 0; 0 for flat prices
     */
    public static RatedLine rate(Price price, Terms terms, BigDecimal metered, Currency currency) {
        return rate(price, terms, Piece.whole(metered), currency);
    }

    /**
     * Rates a part of a service period. Minimum spend and prices that only the whole quantity decides, i.e. volume
     * prices, are billed with the last part.
     */
    public static RatedLine rate(Price price, Terms terms, Piece piece, Currency currency) {
        Money nothing = Money.zero(currency);
        Bill before = piece.isFirst()
                ? Bill.NOTHING
                : bill(piece.before(), false, price, terms, currency).capped(terms, nothing);
        Bill soFar = bill(piece.units(), piece.last(), price, terms, currency).capped(terms, nothing);
        Bill whole = piece.last() ? soFar.toppedUp(terms, nothing) : soFar;
        return line(piece, whole.minus(before), currency);
    }

    /**
     * As {@link #rate(Price, Terms, Piece, Currency)} where earlier bills of the period came to {@code billed}, whatever
     * they should have come to: minimum and maximum spend go by that, and nothing of it is corrected.
     *
     * @param billed ≥ 0
     */
    public static RatedLine rate(Price price, Terms terms, Piece piece, Money billed) {
        Currency currency = billed.currency();
        Bill before = piece.isFirst() ? Bill.NOTHING : bill(piece.before(), false, price, terms, currency);
        Bill more = bill(piece.units(), piece.last(), price, terms, currency)
                .minus(before)
                .capped(terms, billed);
        return line(piece, piece.last() ? more.toppedUp(terms, billed) : more, currency);
    }

    private static Bill bill(BigDecimal metered, boolean last, Price price, Terms terms, Currency currency) {
        return price.needsWholePeriod() && !last ? Bill.NOTHING : Bill.upTo(metered, price, terms, currency);
    }

    private static RatedLine line(Piece piece, Bill bill, Currency currency) {
        return new RatedLine(
                piece.metered(), bill.billable(), bill.freeUnits(), bill.lines(), Totals.of(bill.lines(), currency));
    }

    private Rating() {}
}
