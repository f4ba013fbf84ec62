package io.usance.catalog.addon.model;

import static io.usance.catalog.addon.model.Cards.FLAT;
import static io.usance.catalog.addon.model.Cards.FREE;
import static io.usance.catalog.addon.model.Cards.GRADUATED;
import static io.usance.catalog.addon.model.Cards.UNIT;
import static io.usance.catalog.addon.model.Cards.VOLUME;
import static io.usance.catalog.addon.model.Cards.fee;
import static io.usance.catalog.addon.model.Cards.runs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.model.FeatureState;
import io.usance.catalog.plan.model.References;
import io.usance.contracts.catalog.RateCardPrice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddonRulesTest {
    private static final References KNOWN =
            new References(Map.of("id-of-runs", new FeatureState("runs", true, false)), Map.of(), Set.of());

    @Test
    void an_add_on_needs_a_rate_card() {
        assertThat(violations(InstanceType.SINGLE))
                .extracting(Violation::code, Violation::field)
                .containsExactly(tuple("addon_has_no_rate_cards", "rate_cards"));
    }

    @Test
    void what_is_bought_once_has_any_price() {
        for (RateCardPrice price : List.of(FREE, FLAT, UNIT, GRADUATED, VOLUME)) {
            assertThat(violations(InstanceType.SINGLE, runs().price(price))).isEmpty();
        }
    }

    @Test
    void what_is_bought_several_times_has_flat_and_free_prices() {
        assertThat(violations(InstanceType.MULTIPLE, runs(), fee("fee"))).isEmpty();
        for (RateCardPrice price : List.of(UNIT, GRADUATED, VOLUME)) {
            assertThat(violations(InstanceType.MULTIPLE, fee("fee"), runs().price(price)))
                    .extracting(Violation::code, Violation::field)
                    .containsExactly(tuple("addon_invalid_ratecard_price_for_multi_instance", "rate_cards[1].price"));
        }
    }

    @Test
    void a_rate_card_keeps_the_rules_that_it_has_in_a_plan() {
        assertThat(violations(
                        InstanceType.SINGLE,
                        runs().price(UNIT).key("walks"),
                        fee("fee").cadence("PT1M"),
                        fee("fee").price(UNIT)))
                .extracting(Violation::code, Violation::field)
                .containsExactly(
                        tuple("rate_card_key_feature_key_mismatch", "rate_cards[0].key"),
                        tuple("billing_cadence_invalid_value", "rate_cards[1].billing_cadence"),
                        tuple("rate_card_duplicated_key", "rate_cards[2].key"),
                        tuple("usage_based_price_with_no_feature", "rate_cards[2].price"));
    }

    @Test
    void cadences_fit_each_other_and_need_no_plan_yet() {
        assertThat(violations(InstanceType.SINGLE, fee("week").cadence("P1W"))).isEmpty();
        assertThat(violations(
                        InstanceType.SINGLE,
                        fee("two").cadence("P2M"),
                        fee("three").cadence("P3M")))
                .extracting(Violation::code, Violation::field)
                .containsExactly(tuple("rate_card_multiple_billing_cadence", "rate_cards[1].billing_cadence"));
    }

    private static List<Violation> violations(InstanceType type, Cards... cards) {
        AddonTerms addon = new AddonTerms(
                "add-on a version 1",
                AddonStatus.DRAFT,
                false,
                type,
                "USD",
                Stream.of(cards).map(Cards::card).toList());
        return AddonRules.violations(addon, KNOWN);
    }
}
