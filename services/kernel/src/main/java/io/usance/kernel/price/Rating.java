package io.usance.kernel.price;

import io.usance.kernel.price.RatedLine.DetailedLine;
import java.math.BigDecimal;
import java.util.Currency;

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
        Bill earlier = piece.isFirst() ? Bill.NOTHING : soFar(piece.before(), false, price, terms, currency);
        BigDecimal units = piece.isFirst() ? piece.soFar() : piece.soFar().max(piece.before());
        Bill bill = soFar(units, piece.last(), price, terms, currency).minus(earlier);
        Totals totals =
                Totals.sum(bill.lines().stream().map(DetailedLine::totals).toList(), currency);
        return new RatedLine(piece.metered(), bill.billable(), bill.freeUnits(), bill.lines(), totals);
    }

    private static Bill soFar(BigDecimal metered, boolean last, Price price, Terms terms, Currency currency) {
        if (last) {
            return Bill.upTo(metered, price, terms, currency).toppedUp(terms, currency);
        }
        return price.needsWholePeriod() ? Bill.NOTHING : Bill.upTo(metered, price, terms, currency);
    }

    private Rating() {}
}
