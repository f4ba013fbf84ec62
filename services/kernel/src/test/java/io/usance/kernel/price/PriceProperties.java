package io.usance.kernel.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;

@Domain(Prices.class)
@Domain(net.jqwik.api.domains.DomainContext.Global.class)
class PriceProperties {
    private static final BigDecimal A_QUARTER = new BigDecimal("0.25");

    @Property
    void a_graduated_price_agrees_with_counting_quarter_by_quarter(
            @ForAll Price.Graduated price, @ForAll @IntRange(max = 1_500) int quarters) {
        BigDecimal counted = orZero(price.tiers().getFirst().flatPrice());
        Tier entered = price.tiers().getFirst();
        for (int quarter = 1; quarter <= quarters; quarter++) {
            Tier tier = tierOf(price.tiers(), A_QUARTER.multiply(BigDecimal.valueOf(quarter)));
            if (!tier.equals(entered)) {
                counted = counted.add(orZero(tier.flatPrice()));
                entered = tier;
            }
            counted = counted.add(orZero(tier.unitPrice()).multiply(A_QUARTER));
        }

        assertThat(charge(price, quarters)).isEqualByComparingTo(counted);
    }

    @Property
    void a_volume_price_agrees_with_looking_up_the_tier(
            @ForAll Price.Volume price, @ForAll @IntRange(max = 1_500) int quarters) {
        BigDecimal quantity = A_QUARTER.multiply(BigDecimal.valueOf(quarters));
        Tier tier = tierOf(price.tiers(), quantity);
        BigDecimal lookedUp =
                orZero(tier.flatPrice()).add(orZero(tier.unitPrice()).multiply(quantity));

        assertThat(charge(price, quarters)).isEqualByComparingTo(lookedUp);
    }

    @Property
    void every_unit_of_a_graduated_price_is_in_one_tier_at_most(
            @ForAll Price.Graduated price, @ForAll @IntRange(max = 1_500) int quarters) {
        BigDecimal quantity = A_QUARTER.multiply(BigDecimal.valueOf(quarters));
        List<Price.Component> usage = price.components(quantity).stream()
                .filter(part -> part.key().endsWith("-usage"))
                .toList();

        assertThat(usage.stream().map(Price.Component::quantity).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isLessThanOrEqualTo(quantity);
        assertThat(usage).allMatch(part -> part.quantity().signum() > 0);
    }

    @Property
    void tiers_in_another_order_are_refused(@ForAll Price.Graduated price, @ForAll Random random) {
        List<Tier> shuffled = new ArrayList<>(price.tiers());
        Collections.shuffle(shuffled, random);
        Assume.that(!bounds(shuffled).equals(bounds(price.tiers())));

        assertThatThrownBy(() -> new Price.Graduated(shuffled)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Price.Volume(shuffled)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<BigDecimal> bounds(List<Tier> tiers) {
        return tiers.stream().map(Tier::upTo).toList();
    }

    /** Bounds differ, so that tiers do; only the last has none. */
    private static Tier tierOf(List<Tier> tiers, BigDecimal unit) {
        for (Tier tier : tiers) {
            if (tier.upTo() == null || unit.compareTo(tier.upTo()) <= 0) {
                return tier;
            }
        }
        throw new AssertionError("no tier for " + unit);
    }

    private static BigDecimal charge(Price price, int quarters) {
        return price.components(A_QUARTER.multiply(BigDecimal.valueOf(quarters))).stream()
                .map(part -> part.quantity().multiply(part.unitPrice()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal orZero(BigDecimal price) {
        return price == null ? BigDecimal.ZERO : price;
    }
}
