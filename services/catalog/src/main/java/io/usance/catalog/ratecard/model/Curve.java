package io.usance.catalog.ratecard.model;

import io.usance.kernel.money.Currency;
import io.usance.kernel.money.Money;
import io.usance.kernel.price.Price;
import io.usance.kernel.price.Rating;
import io.usance.kernel.price.Terms;
import io.usance.kernel.price.Tier;
import io.usance.kernel.price.UnitConversion;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.TreeSet;

/** What whole periods cost, at the quantities that show a price's shape. */
public final class Curve {
    /** Points at equal distances, beside those where the price changes. */
    private static final int STEPS = 40;

    /** Tiers that are shown; what is above lies on the way to twice the asked quantity, or is not shown. */
    private static final int TIERS_MAX = 20;

    /** @param quantity metered units */
    public record Point(BigDecimal quantity, Money total) {}

    /**
     * From nothing to twice {@code quantity}, or past the last bound of a tier if that is farther; by ascending quantity.
     *
     * @param quantity metered units, ≥ 0
     */
    public static List<Point> of(Price price, Terms terms, BigDecimal quantity, Currency currency) {
        TreeSet<BigDecimal> at = new TreeSet<>(List.of(BigDecimal.ZERO, quantity));
        for (BigDecimal bound : bounds(price)) {
            BigDecimal metered = metered(bound.add(orZero(terms.freeUnits())), terms.conversion());
            at.add(metered);
            at.add(metered.add(BigDecimal.ONE));
        }
        if (terms.freeUnits() != null) {
            at.add(metered(terms.freeUnits(), terms.conversion()));
        }
        BigDecimal end = at.last().max(quantity.add(quantity)).max(BigDecimal.TEN);
        BigDecimal step = end.divide(BigDecimal.valueOf(STEPS), MathContext.DECIMAL64);
        for (int i = 1; i <= STEPS; i++) {
            at.add(step.multiply(BigDecimal.valueOf(i)));
        }
        return at.stream()
                .map(metered -> new Point(
                        metered,
                        Rating.rate(price, terms, metered, currency).totals().total()))
                .toList();
    }

    private static List<BigDecimal> bounds(Price price) {
        List<Tier> tiers =
                switch (price) {
                    case Price.Graduated graduated -> graduated.tiers();
                    case Price.Volume volume -> volume.tiers();
                    default -> List.of();
                };
        return tiers.stream()
                .map(Tier::upTo)
                .filter(bound -> bound != null)
                .limit(TIERS_MAX)
                .toList();
    }

    /** How many metered units make {@code priced} units, but for rounding. */
    private static BigDecimal metered(BigDecimal priced, UnitConversion conversion) {
        if (conversion == null) {
            return priced;
        }
        return switch (conversion.operation()) {
            case DIVIDE -> priced.multiply(conversion.factor());
            case MULTIPLY -> priced.divide(conversion.factor(), UnitConversion.PRECISION_MAX, RoundingMode.DOWN);
        };
    }

    private static BigDecimal orZero(BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    private Curve() {}
}
