package io.usance.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.usance.kernel.price.Price;
import java.math.BigDecimal;
import java.util.List;

/** A price in the wire's form: an object whose {@code type} names the model. Amounts are in the rate card's currency. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RateCardPrice.Free.class, name = "free"),
    @JsonSubTypes.Type(value = RateCardPrice.Flat.class, name = "flat"),
    @JsonSubTypes.Type(value = RateCardPrice.Unit.class, name = "unit"),
    @JsonSubTypes.Type(value = RateCardPrice.Graduated.class, name = "graduated"),
    @JsonSubTypes.Type(value = RateCardPrice.Volume.class, name = "volume")
})
public sealed interface RateCardPrice {
    /**
     * The price as something that rates.
     *
     * @throws IllegalArgumentException saying which rule for amounts or tiers is broken
     */
    Price toPrice();

    /** Costs nothing and makes no invoice line. */
    record Free() implements RateCardPrice {
        @Override
        public Price toPrice() {
            return new Price.Free();
        }
    }

    /** A fixed amount, whatever the usage. */
    record Flat(BigDecimal amount) implements RateCardPrice {
        @Override
        public Price toPrice() {
            return new Price.Flat(amount);
        }
    }

    /** Quantity times amount. */
    record Unit(BigDecimal amount) implements RateCardPrice {
        @Override
        public Price toPrice() {
            return new Price.Unit(amount);
        }
    }

    /** Each unit at the price of its own tier. */
    record Graduated(List<Tier> tiers) implements RateCardPrice {
        @Override
        public Price toPrice() {
            return new Price.Graduated(Tier.toTiers(tiers));
        }
    }

    /** All units at the price of the tier that the total reaches. */
    record Volume(List<Tier> tiers) implements RateCardPrice {
        @Override
        public Price toPrice() {
            return new Price.Volume(Tier.toTiers(tiers));
        }
    }

    /**
     * @param upToAmount upper bound, inclusive; null for the last tier
     * @param flatPrice due when the tier is entered; null for none
     * @param unitPrice per unit in the tier; null for none
     */
    record Tier(BigDecimal upToAmount, Flat flatPrice, Unit unitPrice) {
        private static List<io.usance.kernel.price.Tier> toTiers(List<Tier> tiers) {
            return tiers.stream()
                    .map(tier -> new io.usance.kernel.price.Tier(
                            tier.upToAmount,
                            tier.flatPrice == null ? null : tier.flatPrice.amount(),
                            tier.unitPrice == null ? null : tier.unitPrice.amount()))
                    .toList();
        }
    }
}
