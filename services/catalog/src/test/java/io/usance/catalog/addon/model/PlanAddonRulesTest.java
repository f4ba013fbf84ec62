package io.usance.catalog.addon.model;

import static io.usance.catalog.addon.model.Cards.FLAT;
import static io.usance.catalog.addon.model.Cards.GRADUATED;
import static io.usance.catalog.addon.model.Cards.UNIT;
import static io.usance.catalog.addon.model.Cards.VOLUME;
import static io.usance.catalog.addon.model.Cards.fee;
import static io.usance.catalog.addon.model.Cards.runs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCard.BooleanEntitlement;
import io.usance.contracts.catalog.RateCard.Entitlement;
import io.usance.contracts.catalog.RateCard.MeteredEntitlement;
import io.usance.contracts.catalog.RateCard.StaticEntitlement;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlanAddonRulesTest {
    private static final Entitlement ACCESS = new BooleanEntitlement();
    private static final Entitlement SETTINGS = new StaticEntitlement(JsonNodeFactory.instance.objectNode());

    // ------------------------------------------------------------------ the two as a whole

    @Test
    void an_active_add_on_in_the_plans_currency_fits() {
        assertThat(violations(addon(fee("extra")), "default", null)).isEmpty();
    }

    @Test
    void only_an_active_add_on_is_sold() {
        AddonTerms archived = new AddonTerms(
                "add-on a version 1", AddonStatus.ARCHIVED, false, InstanceType.SINGLE, "USD", List.of());
        AddonTerms deleted =
                new AddonTerms("add-on a version 1", AddonStatus.DRAFT, true, InstanceType.SINGLE, "USD", List.of());
        for (AddonTerms addon : List.of(archived, deleted)) {
            assertThat(violations(addon, "default", null))
                    .extracting(Violation::code, Violation::field)
                    .containsExactly(tuple("plan_addon_incompatible_status", "addon"));
        }
        assertThat(violations(deleted, "default", null).getFirst().message()).contains("is deleted");
    }

    @Test
    void both_have_one_currency() {
        AddonTerms euros =
                new AddonTerms("add-on a version 1", AddonStatus.ACTIVE, false, InstanceType.SINGLE, "EUR", List.of());
        assertThat(violations(euros, "default", null))
                .extracting(Violation::code, Violation::field)
                .containsExactly(tuple("plan_addon_currency_mismatch", "addon"));
    }

    @Test
    void only_what_is_bought_several_times_has_a_maximum() {
        AddonTerms several = new AddonTerms(
                "add-on a version 1", AddonStatus.ACTIVE, false, InstanceType.MULTIPLE, "USD", List.of());
        assertThat(violations(several, "default", 3)).isEmpty();
        assertThat(violations(several, "default", null)).isEmpty();
        assertThat(violations(addon(fee("extra")), "default", 1))
                .extracting(Violation::code, Violation::field)
                .containsExactly(tuple("plan_addon_max_quantity_must_not_be_set", "max_quantity"));
    }

    @Test
    void it_starts_in_a_phase_of_the_plan() {
        assertThat(violations(addon(fee("extra")), "trial", null))
                .extracting(Violation::code, Violation::field)
                .containsExactly(tuple("plan_addon_unknown_plan_phase_key", "from_plan_phase"));
        assertThat(violations(addon(fee("extra")), "trial", null).getFirst().attributes())
                .containsEntry("choices", List.of("default"));
    }

    // ------------------------------------------------------------------ cadences

    @Test
    void what_is_billed_fits_the_plans_cadence() {
        for (Cards card : List.of(
                fee("extra").cadence("P1Y"),
                fee("extra").cadence("P1D"),
                fee("extra").cadence(null),
                runs().cadence("P1W"))) {
            assertThat(violations(addon(card), "default", null)).isEmpty();
        }
        assertThat(violations(addon(runs(), fee("extra").cadence("P1W")), "default", null))
                .extracting(Violation::code, Violation::field)
                .containsExactly(tuple("plan_billing_cadence_not_compatible", "addon.rate_cards[1].billing_cadence"));
    }

    @Test
    void what_is_billed_fits_the_rate_cards_beside_it() {
        PlanTerms plan = new PlanTerms(
                "USD",
                "P6M",
                List.of(
                        phase("a", fee("two").cadence("P2M")),
                        phase("b", fee("six").cadence("P6M"))));
        AddonTerms addon = addon(fee("three").cadence("P3M"));
        assertThat(PlanAddonRules.violations(plan, addon, "b", null)).isEmpty();
        List<Violation> violations = PlanAddonRules.violations(plan, addon, "a", null);
        assertThat(violations)
                .extracting(Violation::code, Violation::field)
                .containsExactly(tuple("rate_card_multiple_billing_cadence", "addon.rate_cards[0].billing_cadence"));
        assertThat(violations.getFirst().attributes()).containsEntry("phase_key", "a");
    }

    // ------------------------------------------------------------------ one key in both

    static Stream<Arguments> compatible() {
        return Stream.of(
                same("flat prices", runs().price(FLAT), runs().price(FLAT)),
                same("an allowance for usage that the plan prices", runs().price(UNIT), runs()),
                same("a price for what the plan gives away", runs(), runs().price(UNIT)),
                same(
                        "a fee once",
                        runs().price(FLAT).cadence(null),
                        runs().price(FLAT).cadence(null)),
                same(
                        "years and twelve months",
                        runs().price(FLAT).cadence("P12M"),
                        runs().price(FLAT).cadence("P1Y")),
                same("free without a cadence", runs().price(UNIT), runs().cadence(null)),
                same("access twice", runs().entitlement(ACCESS), runs().entitlement(ACCESS)),
                same("access that the plan lacks", runs(), runs().entitlement(ACCESS)),
                same("settings that the plan lacks", runs(), runs().entitlement(SETTINGS)),
                same("the plan's settings alone", runs().entitlement(SETTINGS), runs()),
                same("allowances", metered("P1M"), metered("P1M")),
                same("an allowance in the billing cadence", metered("P1M"), metered(null)),
                same(
                        "an allowance of a card that is billed once",
                        metered(null),
                        metered(null).cadence(null)),
                same("a discount that the plan has", runs().price(FLAT).percentage("10"), runs().price(FLAT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("compatible")
    void what_adds_up_is_taken(String name, Cards base, Cards added) {
        assertThat(extension(base, added)).isEmpty();
    }

    static Stream<Arguments> incompatible() {
        return Stream.of(
                broken("rate_card_price_type_mismatch", "price", runs().price(UNIT), runs().price(FLAT)),
                broken("rate_card_price_type_mismatch", "price", runs().price(FLAT), runs().price(GRADUATED)),
                broken("rate_card_price_type_mismatch", "price", runs().price(VOLUME), runs().price(GRADUATED)),
                broken("rate_card_only_flat_price_allowed", "price", runs().price(UNIT), runs().price(UNIT)),
                broken("rate_card_only_flat_price_allowed", "price", runs().price(VOLUME), runs().price(VOLUME)),
                broken(
                        "rate_card_price_payment_term_mismatch",
                        "payment_term",
                        runs().price(FLAT),
                        runs().price(FLAT).term(RateCard.IN_ADVANCE)),
                broken(
                        "rate_card_billing_cadence_mismatch",
                        "billing_cadence",
                        runs().price(FLAT),
                        runs().price(FLAT).cadence("P1Y")),
                broken(
                        "rate_card_billing_cadence_mismatch",
                        "billing_cadence",
                        runs().price(FLAT),
                        runs().price(FLAT).cadence(null)),
                broken(
                        "rate_card_billing_cadence_mismatch",
                        "billing_cadence",
                        runs().price(FLAT).cadence(null),
                        runs().price(FLAT)),
                broken(
                        "rate_card_billing_cadence_mismatch",
                        "billing_cadence",
                        runs().price(UNIT),
                        runs().cadence("P1Y")),
                broken(
                        "rate_card_entitlement_template_type_mismatch",
                        "entitlement",
                        runs().entitlement(ACCESS),
                        metered("P1M")),
                broken(
                        "rate_card_static_entitlement_template_not_allowed",
                        "entitlement",
                        runs().entitlement(SETTINGS),
                        runs().entitlement(SETTINGS)),
                broken(
                        "rate_card_metered_entitlement_template_usage_period_mismatch",
                        "entitlement.usage_period",
                        metered("P1D"),
                        metered("P1M")),
                broken(
                        "rate_card_metered_entitlement_template_usage_period_mismatch",
                        "entitlement.usage_period",
                        metered("P1D"),
                        metered(null)),
                broken(
                        "rate_card_percentage_discount_not_allowed",
                        "discounts.percentage",
                        runs().price(FLAT),
                        runs().price(FLAT).percentage("10")));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("incompatible")
    void what_does_not_add_up_is_told_with_its_place(String code, String field, Cards base, Cards added) {
        List<Violation> violations = extension(base, added);
        assertThat(violations)
                .extracting(Violation::code, Violation::field)
                .containsExactly(tuple(code, "addon.rate_cards[0]." + field));
        assertThat(violations.getFirst().attributes()).containsEntry("phase_key", "default");
    }

    @Test
    void usage_is_converted_in_one_way() {
        Cards base = runs().price(UNIT).units("divide", "1000", "none", 0);
        for (Cards same : List.of(
                runs().price(UNIT).units("divide", "1000.0", null, null),
                runs().price(UNIT).units("divide", "1E+3", "none", 0))) {
            assertThat(extension(base, same))
                    .extracting(Violation::code)
                    .containsExactly("rate_card_only_flat_price_allowed");
        }
        for (Cards other : List.of(
                runs().price(UNIT),
                runs().price(UNIT).units("multiply", "1000", null, null),
                runs().price(UNIT).units("divide", "100", null, null),
                runs().price(UNIT).units("divide", "1000", "ceiling", null),
                runs().price(UNIT).units("divide", "1000", null, 2))) {
            assertThat(extension(base, other))
                    .extracting(Violation::code)
                    .containsExactly("rate_card_only_flat_price_allowed", "addon_rate_card_unit_config_mismatch");
        }
    }

    @Test
    void phases_before_the_first_do_not_matter() {
        PlanTerms plan = new PlanTerms(
                "USD",
                "P1M",
                List.of(
                        phase("trial", runs().price(UNIT)),
                        phase("ramp_up", runs().price(FLAT)),
                        phase("default", runs().price(UNIT))));
        AddonTerms addon = addon(runs().price(FLAT));
        assertThat(PlanAddonRules.violations(plan, addon, "ramp_up", null))
                .extracting(violation -> violation.attributes().get("phase_key"))
                .containsExactly("default");
        assertThat(PlanAddonRules.violations(plan, addon, "trial", null))
                .extracting(violation -> violation.attributes().get("phase_key"))
                .containsExactly("trial", "default");
    }

    @Test
    void a_draft_with_one_key_twice_is_still_looked_at() {
        PlanTerms plan = new PlanTerms("USD", "P1M", List.of(phase("a", runs().price(FLAT), runs().price(UNIT))));
        assertThat(PlanAddonRules.violations(plan, addon(runs().price(FLAT)), "a", null))
                .isEmpty();
    }

    // ------------------------------------------------------------------

    private static List<Violation> extension(Cards base, Cards added) {
        PlanTerms plan = new PlanTerms("USD", "P1M", List.of(phase("default", base)));
        return PlanAddonRules.violations(plan, addon(added), "default", null);
    }

    private static List<Violation> violations(AddonTerms addon, String fromPlanPhase, Integer maxQuantity) {
        PlanTerms plan = new PlanTerms("USD", "P1M", List.of(phase("default", fee("fee"))));
        return PlanAddonRules.violations(plan, addon, fromPlanPhase, maxQuantity);
    }

    private static Cards metered(String usagePeriod) {
        return runs().entitlement(new MeteredEntitlement(false, BigDecimal.TEN, usagePeriod));
    }

    private static AddonTerms addon(Cards... cards) {
        return new AddonTerms(
                "add-on a version 1",
                AddonStatus.ACTIVE,
                false,
                InstanceType.SINGLE,
                "USD",
                Stream.of(cards).map(Cards::card).toList());
    }

    private static PlanPhase phase(String key, Cards... cards) {
        return new PlanPhase(
                key, key, null, null, null, Stream.of(cards).map(Cards::card).toList());
    }

    private static Arguments same(String name, Cards base, Cards added) {
        return Arguments.of(name, base, added);
    }

    private static Arguments broken(String code, String field, Cards base, Cards added) {
        return Arguments.of(code, field, base, added);
    }
}
