package io.usance.kernel.price;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A step of a tiered price.
 *
 * @param upTo upper bound in billable units, inclusive, > 0; null for the last tier, which is open
 * @param flatPrice due when the tier is used; null for none
 * @param unitPrice per unit; null for none
 */
public record Tier(BigDecimal upTo, BigDecimal flatPrice, BigDecimal unitPrice) {
    public static final int TIERS_MAX = 100;

    public Tier {
        if (flatPrice == null && unitPrice == null) {
            throw new IllegalArgumentException("a tier needs a flat price or a unit price");
        }
        if (isNegative(flatPrice) || isNegative(unitPrice)) {
            throw new IllegalArgumentException("a tier's prices must not be negative");
        }
        if (upTo != null && upTo.signum() <= 0) {
            throw new IllegalArgumentException("a tier's upper bound must be greater than 0: " + upTo);
        }
    }

    /**
     * {@code tiers}, if they cover every quantity once.
     *
     * @throws IllegalArgumentException unless there are 1 to {@value #TIERS_MAX} tiers with ascending bounds, of which
     *     the last, and only the last, is open
     */
    static List<Tier> ascending(List<Tier> tiers) {
        if (tiers.isEmpty() || tiers.size() > TIERS_MAX) {
            throw new IllegalArgumentException("a tiered price needs 1 to " + TIERS_MAX + " tiers");
        }
        for (int i = 0; i < tiers.size(); i++) {
            boolean last = i == tiers.size() - 1;
            BigDecimal upTo = tiers.get(i).upTo();
            if (last != (upTo == null)) {
                throw new IllegalArgumentException("the last tier, and only the last, must be open-ended");
            }
            if (i > 0 && !last && upTo.compareTo(tiers.get(i - 1).upTo()) <= 0) {
                throw new IllegalArgumentException("tiers must have ascending upper bounds: " + upTo + " after "
                        + tiers.get(i - 1).upTo());
            }
        }
        return List.copyOf(tiers);
    }

    boolean reachesTo(BigDecimal quantity) {
        return upTo == null || quantity.compareTo(upTo) <= 0;
    }

    /** How many of {@code quantity} units lie above {@code from} and within this tier. */
    BigDecimal unitsAbove(BigDecimal from, BigDecimal quantity) {
        BigDecimal end = reachesTo(quantity) ? quantity : upTo;
        return end.compareTo(from) <= 0 ? BigDecimal.ZERO : end.subtract(from);
    }

    /** Names of what a tier brings, made once: they are needed for each tier of each line. */
    record Keys(String flatPrice, String usage) {
        /** For each tier that there may be, e.g. {@code graduated-tier-1-price-usage}. */
        static List<Keys> of(String model) {
            return IntStream.rangeClosed(1, TIERS_MAX)
                    .mapToObj(number -> model + "-tier-" + number)
                    .map(tier -> new Keys(tier + "-flat-price", tier + "-price-usage"))
                    .toList();
        }
    }

    void addTo(List<Price.Component> components, Keys keys, BigDecimal units) {
        if (flatPrice != null) {
            components.add(new Price.Component(keys.flatPrice(), BigDecimal.ONE, flatPrice));
        }
        if (unitPrice != null && units.signum() > 0) {
            components.add(new Price.Component(keys.usage(), units, unitPrice));
        }
    }

    private static boolean isNegative(BigDecimal price) {
        return price != null && price.signum() < 0;
    }
}
