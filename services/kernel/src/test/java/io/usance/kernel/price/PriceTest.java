package io.usance.kernel.price;

import static io.usance.kernel.price.Prices.graduated;
import static io.usance.kernel.price.Prices.tier;
import static io.usance.kernel.price.Prices.unit;
import static io.usance.kernel.price.Prices.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceTest {
    private static final Tier FIRST_TEN = tier("10", "5", "2");
    private static final Tier NEXT_TEN = tier("20", "3", "1");
    private static final Tier REST = tier(null, "1", "0.5");

    @Test
    void a_free_price_has_no_parts() {
        assertThat(components(new Price.Free(), "100")).isEmpty();
    }

    @Test
    void a_flat_price_is_one_part_whatever_the_quantity() {
        assertThat(components(new Price.Flat(BigDecimal.TEN), "100")).containsExactly("1 flat-price at 10");
        assertThat(components(new Price.Flat(BigDecimal.TEN), "0")).containsExactly("1 flat-price at 10");
    }

    @Test
    void a_unit_price_is_one_part_unless_there_is_no_quantity() {
        assertThat(components(unit("0.01"), "2.5")).containsExactly("2.5 unit-price at 0.01");
        assertThat(components(unit("0.01"), "0")).isEmpty();
    }

    @Test
    void a_graduated_price_has_the_parts_of_every_tier_entered() {
        Price price = graduated(FIRST_TEN, NEXT_TEN, REST);

        assertThat(components(price, "0")).containsExactly("1 graduated-tier-1-flat-price at 5");
        assertThat(components(price, "10"))
                .containsExactly("1 graduated-tier-1-flat-price at 5", "10 graduated-tier-1-price-usage at 2");
        assertThat(components(price, "10.1"))
                .containsExactly(
                        "1 graduated-tier-1-flat-price at 5",
                        "10 graduated-tier-1-price-usage at 2",
                        "1 graduated-tier-2-flat-price at 3",
                        "0.1 graduated-tier-2-price-usage at 1");
        assertThat(components(price, "21")).hasSize(6).last().isEqualTo("1 graduated-tier-3-price-usage at 0.5");
    }

    @Test
    void a_volume_price_has_the_parts_of_the_tier_reached() {
        Price price = volume(FIRST_TEN, NEXT_TEN, REST);

        assertThat(components(price, "0")).containsExactly("1 volume-tier-1-flat-price at 5");
        assertThat(components(price, "10"))
                .containsExactly("1 volume-tier-1-flat-price at 5", "10 volume-tier-1-price-usage at 2");
        assertThat(components(price, "10.1"))
                .containsExactly("1 volume-tier-2-flat-price at 3", "10.1 volume-tier-2-price-usage at 1");
        assertThat(components(price, "21"))
                .containsExactly("1 volume-tier-3-flat-price at 1", "21 volume-tier-3-price-usage at 0.5");
    }

    @Test
    void only_free_and_flat_prices_do_not_depend_on_usage() {
        assertThat(new Price.Free().isUsageBased()).isFalse();
        assertThat(new Price.Flat(BigDecimal.ONE).isUsageBased()).isFalse();
        assertThat(unit("1").isUsageBased()).isTrue();
        assertThat(graduated(REST).isUsageBased()).isTrue();
        assertThat(volume(REST).isUsageBased()).isTrue();
    }

    @Test
    void amounts_are_not_negative() {
        assertThatThrownBy(() -> unit("-0.01")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Price.Flat(new BigDecimal("-1"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tier(null, "-1", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tier(null, null, "-1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_tier_has_a_price_and_an_upper_bound_above_zero() {
        assertThatThrownBy(() -> tier("10", null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tier("0", null, "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tier("-1", null, "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tiers_ascend_and_only_the_last_is_open() {
        assertRefused(List.of());
        assertRefused(List.of(FIRST_TEN));
        assertRefused(List.of(FIRST_TEN, NEXT_TEN));
        assertRefused(List.of(REST, REST));
        assertRefused(List.of(REST, FIRST_TEN));
        assertRefused(List.of(NEXT_TEN, FIRST_TEN, REST));
        assertRefused(List.of(FIRST_TEN, tier("10.0", null, "1"), REST));
        assertRefused(Collections.nCopies(Tier.TIERS_MAX + 1, REST));
    }

    @Test
    void as_many_tiers_as_are_allowed_are_taken() {
        List<Tier> tiers = new ArrayList<>();
        for (int last = 1; last < Tier.TIERS_MAX; last++) {
            tiers.add(tier(String.valueOf(last), null, "1"));
        }
        tiers.add(REST);

        assertThat(new Price.Graduated(tiers).tiers()).hasSize(Tier.TIERS_MAX);
    }

    @Test
    void tiers_in_another_order_are_refused_by_their_bounds() {
        assertThatThrownBy(() -> new Price.Volume(List.of(NEXT_TEN, FIRST_TEN, REST)))
                .hasMessageEndingWith("10 after 20");
    }

    @Test
    void each_tier_that_there_may_be_names_what_it_brings() {
        assertThat(Tier.Keys.of("volume"))
                .hasSize(Tier.TIERS_MAX)
                .startsWith(new Tier.Keys("volume-tier-1-flat-price", "volume-tier-1-price-usage"));
    }

    private static void assertRefused(List<Tier> tiers) {
        assertThatThrownBy(() -> new Price.Graduated(tiers)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Price.Volume(tiers)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_price_does_not_change_with_the_list_it_was_made_from() {
        List<Tier> tiers = new ArrayList<>(List.of(FIRST_TEN, REST));
        Price.Graduated price = new Price.Graduated(tiers);
        tiers.clear();

        assertThat(price.tiers()).containsExactly(FIRST_TEN, REST);
    }

    private static List<String> components(Price price, String quantity) {
        return price.components(new BigDecimal(quantity)).stream()
                .map(part -> part.quantity() + " " + part.key() + " at " + part.unitPrice())
                .toList();
    }
}
