package io.usance.kernel.price;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** How the billable quantity of a whole service period becomes an amount. */
public sealed interface Price {
    /**
     * What {@code quantity} costs, part by part and unrounded. More units never have fewer parts, smaller ones, or
     * other keys, unless {@link #needsWholePeriod}.
     *
     * @param quantity billable units of the period, ≥ 0; a flat price does not look at it
     */
    List<Component> components(BigDecimal quantity);

    /** Whether the amount depends on usage. */
    default boolean isUsageBased() {
        return true;
    }

    /** Whether nothing can be said about the amount before all usage of the period is known. */
    default boolean needsWholePeriod() {
        return false;
    }

    /**
     * A part of a charge.
     *
     * @param key stable name, unique within a charge, e.g. {@code graduated-tier-1-price-usage}
     * @param quantity units in it; 1 for fixed amounts
     * @param unitPrice in the currency's major unit
     */
    record Component(String key, BigDecimal quantity, BigDecimal unitPrice) {}

    /** Costs nothing and makes no line. */
    record Free() implements Price {
        @Override
        public List<Component> components(BigDecimal quantity) {
            return List.of();
        }

        @Override
        public boolean isUsageBased() {
            return false;
        }
    }

    /**
     * A fixed amount.
     *
     * @param amount ≥ 0, in the currency's major unit
     */
    record Flat(BigDecimal amount) implements Price {
        public Flat {
            requireNotNegative(amount);
        }

        @Override
        public List<Component> components(BigDecimal quantity) {
            return List.of(new Component("flat-price", BigDecimal.ONE, amount));
        }

        @Override
        public boolean isUsageBased() {
            return false;
        }
    }

    /**
     * Quantity times amount; nothing for no quantity.
     *
     * @param amount per unit, ≥ 0, in the currency's major unit
     */
    record Unit(BigDecimal amount) implements Price {
        public Unit {
            requireNotNegative(amount);
        }

        @Override
        public List<Component> components(BigDecimal quantity) {
            return quantity.signum() == 0 ? List.of() : List.of(new Component("unit-price", quantity, amount));
        }
    }

    /**
     * Each unit at the price of its own tier; a tier's flat price is due once it is entered, the first one's always.
     */
    record Graduated(List<Tier> tiers) implements Price {
        private static final List<Tier.Keys> KEYS = Tier.Keys.of("graduated");

        public Graduated {
            tiers = Tier.ascending(tiers);
        }

        @Override
        public List<Component> components(BigDecimal quantity) {
            List<Component> components = new ArrayList<>();
            BigDecimal from = BigDecimal.ZERO;
            for (int i = 0; i < tiers.size(); i++) {
                Tier tier = tiers.get(i);
                BigDecimal inTier = tier.unitsAbove(from, quantity);
                boolean entered = i == 0 || inTier.signum() > 0;
                if (!entered) {
                    break;
                }
                tier.addTo(components, KEYS.get(i), inTier);
                from = tier.upTo();
            }
            return components;
        }
    }

    /** All units at the price of the tier that the quantity reaches, plus that tier's flat price. */
    record Volume(List<Tier> tiers) implements Price {
        private static final List<Tier.Keys> KEYS = Tier.Keys.of("volume");

        public Volume {
            tiers = Tier.ascending(tiers);
        }

        @Override
        public boolean needsWholePeriod() {
            return true;
        }

        @Override
        public List<Component> components(BigDecimal quantity) {
            List<Component> components = new ArrayList<>();
            for (int i = 0; i < tiers.size(); i++) {
                if (tiers.get(i).reachesTo(quantity)) {
                    tiers.get(i).addTo(components, KEYS.get(i), quantity);
                    return components;
                }
            }
            throw new IllegalStateException("the last tier is open, so one reaches to " + quantity);
        }
    }

    private static void requireNotNegative(BigDecimal amount) {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("amount must not be negative: " + amount);
        }
    }
}
