package io.usance.catalog.plan.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.FeatureReference;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCard.BooleanEntitlement;
import io.usance.contracts.catalog.RateCard.Commitments;
import io.usance.contracts.catalog.RateCard.Discounts;
import io.usance.contracts.catalog.RateCard.MeteredEntitlement;
import io.usance.contracts.catalog.RateCard.StaticEntitlement;
import io.usance.contracts.catalog.RateCard.UnitConfig;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.contracts.catalog.RateCardPrice.Flat;
import io.usance.contracts.catalog.RateCardPrice.Free;
import io.usance.contracts.catalog.RateCardPrice.Graduated;
import io.usance.contracts.catalog.RateCardPrice.Tier;
import io.usance.contracts.catalog.RateCardPrice.Unit;
import io.usance.contracts.catalog.RateCardPrice.Volume;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanRulesTest {
    private static final String RUNS = "id-of-runs";
    private static final String SEATS = "id-of-seats";
    private static final String OLD = "id-of-old";
    private static final String SAAS = "id-of-saas";
    private static final String ABOLISHED = "id-of-abolished";
    private static final References KNOWN = new References(
            Map.of(
                    RUNS, new FeatureState("runs", true, false),
                    SEATS, new FeatureState("seats", false, false),
                    OLD, new FeatureState("old", true, true)),
            Map.of(SAAS, new TaxCodeState("saas", false), ABOLISHED, new TaxCodeState("abolished", true)),
            Set.of("AI_TOKENS"));

    // ------------------------------------------------------------------ terms

    @ParameterizedTest
    @ValueSource(strings = {"P1W", "P2W", "P4W", "P1M", "P3M", "P6M", "P12M", "P1Y", "P7D"})
    void a_plan_is_billed_by_weeks_or_months(String cadence) {
        assertThat(PlanRules.ofTerms("USD", cadence, Set.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "PT1H", "P3W", "P2M", "P2Y", "P0D", "P", "P1.5M"})
    void other_cadences_of_a_plan_are_refused(String cadence) {
        assertThat(codes(PlanRules.ofTerms("USD", cadence, Set.of()))).containsExactly("plan_billing_cadence_invalid");
    }

    @Test
    void a_currency_is_one_of_iso_4217() {
        assertThat(PlanRules.ofTerms("JPY", "P1M", Set.of())).isEmpty();
        assertThat(codes(PlanRules.ofTerms("XYZ", "P1M", Set.of()))).containsExactly("currency_not_found");
        assertThat(codes(PlanRules.ofTerms("XXX", "P1M", Set.of()))).containsExactly("currency_not_found");
        assertThat(codes(PlanRules.ofTerms("usd", "P1M", Set.of()))).containsExactly("currency_not_found");
        assertThat(codes(PlanRules.ofTerms("AI_TOKENS", "P1M", Set.of()))).containsExactly("currency_not_found");
    }

    @Test
    void a_plan_in_a_custom_currency_can_be_drafted_and_not_published() {
        assertThat(PlanRules.ofTerms("AI_TOKENS", "P1M", Set.of("AI_TOKENS"))).isEmpty();
        assertThat(PlanRules.ofPhases("AI_TOKENS", "P1M", List.of(phase("a", null, usage())), KNOWN))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.code()).isEqualTo("currency_invalid");
                    assertThat(violation.field()).isEqualTo("currency");
                    assertThat(violation.message()).contains("credits");
                });
    }

    // ------------------------------------------------------------------ phases

    @Test
    void a_plan_needs_a_phase() {
        assertThat(codes(PlanRules.ofPhases("USD", "P1M", List.of(), KNOWN))).containsExactly("plan_with_no_phases");
    }

    @Test
    void every_phase_but_the_last_ends() {
        assertThat(codesOf(phase("a", "P1M", usage()), phase("b", null, usage())))
                .isEmpty();
        assertThat(codesOf(phase("a", null, usage()), phase("b", null, usage())))
                .containsExactly("plan_has_non_last_phase_with_no_duration");
        assertThat(codesOf(phase("a", "P1M", usage()))).containsExactly("plan_has_last_phase_with_duration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "P0D", "PT0S", "P", "P1.5M", "P9999Y"})
    void a_phase_lasts_for_an_hour_at_least(String duration) {
        assertThat(codesOf(phase("a", duration, usage()), phase("b", null, usage())))
                .containsExactly("plan_phase_duration_less_then_an_hour");
    }

    @Test
    void phases_have_different_keys_and_something_to_sell() {
        assertThat(PlanRules.ofPhases("USD", "P1M", List.of(phase("a", "PT1H", usage()), phase("a", null)), KNOWN))
                .extracting(Violation::code, Violation::field)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("plan_phase_duplicated_key", "phases[1].key"),
                        org.assertj.core.groups.Tuple.tuple("plan_phase_has_no_rate_cards", "phases[1].rate_cards"));
    }

    @Test
    void rate_cards_of_a_phase_have_different_keys() {
        assertThat(codesOf(phase("a", null, usage(), usage()))).containsExactly("rate_card_duplicated_key");
        assertThat(codesOf(phase("a", "P1M", usage()), phase("b", null, usage())))
                .isEmpty();
    }

    @Test
    void cadences_that_fit_the_plan_must_fit_each_other_too() {
        RateCard twoMonths = fee("two").with(Draft.cadence("P2M")).card();
        RateCard threeMonths = fee("three").with(Draft.cadence("P3M")).card();
        assertThat(codes(PlanRules.ofPhases("USD", "P6M", List.of(phase("a", null, twoMonths, threeMonths)), KNOWN)))
                .containsExactly("rate_card_multiple_billing_cadence");
    }

    @Test
    void a_phase_puts_no_more_lines_on_an_invoice_than_it_holds() {
        RateCard[] hourly = IntStream.range(0, 7)
                .mapToObj(i -> fee("fee" + i).with(Draft.cadence("PT1H")).card())
                .toArray(RateCard[]::new);
        assertThat(codesOf(phase("a", null, Arrays.copyOf(hourly, 6)))).isEmpty();
        assertThat(PlanRules.ofPhases("USD", "P1M", List.of(phase("a", null, hourly)), KNOWN))
                .extracting(Violation::code, Violation::field)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "plan_phase_too_many_invoice_lines", "phases[0].rate_cards"));
    }

    // ------------------------------------------------------------------ rate cards

    static Stream<Arguments> good() {
        return Stream.of(
                draft("by the unit", usage()),
                draft("free", draftOf(usage()).with(Draft.price(new Free())).card()),
                draft(
                        "free for ever",
                        draftOf(usage())
                                .with(Draft.price(new Free()))
                                .with(Draft.cadence(null))
                                .card()),
                draft("a fee without a feature", fee("fee").card()),
                draft(
                        "a fee that is due once",
                        fee("fee").with(Draft.cadence(null)).card()),
                draft(
                        "a fee in advance",
                        fee("fee").with(Draft.term(RateCard.IN_ADVANCE)).card()),
                draft(
                        "a fee of nothing",
                        fee("fee").with(Draft.price(flat("0"))).card()),
                draft(
                        "a fee with a discount",
                        fee("fee").with(Draft.discounts("100", null)).card()),
                draft(
                        "a fee each year of a monthly plan",
                        fee("fee").with(Draft.cadence("P1Y")).card()),
                draft(
                        "the plan's currency said again",
                        fee("fee").with(Draft.currency("USD")).card()),
                draft(
                        "a fee with a tax code",
                        fee("fee").with(Draft.taxCode(SAAS)).card()),
                draft(
                        "tiers",
                        draftOf(usage())
                                .with(Draft.price(new Graduated(tiers("100", null))))
                                .card()),
                draft(
                        "volume",
                        draftOf(usage())
                                .with(Draft.price(new Volume(tiers("100", "200", null))))
                                .card()),
                draft(
                        "packages",
                        draftOf(usage())
                                .with(Draft.units("divide", "100", "ceiling", 0))
                                .card()),
                draft(
                        "free units",
                        draftOf(usage()).with(Draft.discounts(null, "100")).card()),
                draft(
                        "spend bounds",
                        draftOf(usage()).with(Draft.commitments("1", "1")).card()),
                draft(
                        "a metered entitlement",
                        draftOf(usage())
                                .with(Draft.entitlement(new MeteredEntitlement(false, BigDecimal.TEN, "PT1H")))
                                .card()),
                draft(
                        "a seat with a configuration",
                        new Draft(card("seats", SEATS, flat("1"), "P1M"))
                                .with(Draft.entitlement(new StaticEntitlement(JsonNodeFactory.instance.objectNode())))
                                .card()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void good_rate_cards_have_no_violation(String name, RateCard card) {
        assertThat(PlanRules.ofPhases("USD", "P1M", List.of(phase("a", null, card)), KNOWN))
                .isEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken("rate_card_feature_not_found", "feature", card("runs", "nobody", unit("1"), "P1M")),
                broken("rate_card_feature_archived", "feature", card("old", OLD, unit("1"), "P1M")),
                broken("rate_card_key_feature_key_mismatch", "key", card("walks", RUNS, unit("1"), "P1M")),
                broken("usage_based_price_with_no_feature", "price", card("runs", null, unit("1"), "P1M")),
                broken("usage_based_price_with_feature_and_no_meter", "price", card("seats", SEATS, unit("1"), "P1M")),
                broken("rate_card_only_flat_price_allowed", "price", card("runs", RUNS, unit("1"), null)),
                broken("billing_cadence_invalid_value", "billing_cadence", card("runs", RUNS, unit("1"), "PT59M")),
                broken("billing_cadence_invalid_value", "billing_cadence", card("runs", RUNS, unit("1"), "P0M")),
                broken("rate_card_billing_cadence_unaligned", "billing_cadence", card("runs", RUNS, unit("1"), "P1W")),
                broken("rate_card_price_invalid", "price", card("runs", RUNS, unit("-1"), "P1M")),
                broken("rate_card_price_invalid", "price", card("runs", RUNS, new Graduated(tiers("100")), "P1M")),
                broken(
                        "rate_card_price_invalid",
                        "price",
                        card("runs", RUNS, new Graduated(tiers("100", "100", null)), "P1M")),
                broken(
                        "rate_card_price_invalid",
                        "price",
                        card("runs", RUNS, new Volume(tiers("200", "100", null)), "P1M")),
                broken("rate_card_price_invalid", "price", card("runs", RUNS, new Volume(tiers(null, null)), "P1M")),
                broken(
                        "rate_card_price_invalid",
                        "price",
                        card("runs", RUNS, new Graduated(List.of(new Tier(null, null, null))), "P1M")),
                broken(
                        "unit_config_requires_usage_based_price",
                        "unit_config",
                        fee("fee").with(Draft.units("divide", "1", null, null)).card()),
                broken(
                        "unit_config_invalid",
                        "unit_config",
                        draftOf(usage())
                                .with(Draft.units("divide", "0", null, null))
                                .card()),
                broken(
                        "unit_config_invalid",
                        "unit_config",
                        draftOf(usage())
                                .with(Draft.units("multiply", "1", "floor", 99))
                                .card()),
                broken(
                        "usage_discount_with_flat_price",
                        "discounts.usage",
                        fee("fee").with(Draft.discounts(null, "1")).card()),
                broken(
                        "usage_discount_negative_quantity",
                        "discounts.usage",
                        draftOf(usage()).with(Draft.discounts(null, "-1")).card()),
                broken(
                        "percentage_discount_invalid_value",
                        "discounts.percentage",
                        draftOf(usage()).with(Draft.discounts("100.01", null)).card()),
                broken(
                        "percentage_discount_invalid_value",
                        "discounts.percentage",
                        draftOf(usage()).with(Draft.discounts("-0.01", null)).card()),
                broken(
                        "spend_commitments_with_flat_price",
                        "commitments",
                        fee("fee").with(Draft.commitments("1", null)).card()),
                broken(
                        "spend_commitments_invalid",
                        "commitments",
                        draftOf(usage()).with(Draft.commitments("2", "1")).card()),
                broken(
                        "spend_commitments_invalid",
                        "commitments",
                        draftOf(usage()).with(Draft.commitments("-1", null)).card()),
                broken(
                        "usage_based_price_in_advance",
                        "payment_term",
                        draftOf(usage()).with(Draft.term(RateCard.IN_ADVANCE)).card()),
                broken(
                        "currency_not_found",
                        "currency",
                        draftOf(usage()).with(Draft.currency("XYZ")).card()),
                broken(
                        "rate_card_currency_override_not_allowed",
                        "currency",
                        draftOf(usage()).with(Draft.currency("AI_TOKENS")).card()),
                broken(
                        "rate_card_tax_code_not_found",
                        "tax_config.code.id",
                        draftOf(usage()).with(Draft.taxCode("nothing")).card()),
                broken(
                        "rate_card_tax_code_deleted",
                        "tax_config.code.id",
                        draftOf(usage()).with(Draft.taxCode(ABOLISHED)).card()),
                broken(
                        "plan_multiple_fiat_currencies",
                        "currency",
                        draftOf(usage()).with(Draft.currency("EUR")).card()),
                broken(
                        "entitlement_template_with_no_feature",
                        "entitlement",
                        fee("fee")
                                .with(Draft.entitlement(new BooleanEntitlement()))
                                .card()),
                broken(
                        "entitlement_template_invalid_json_config",
                        "entitlement.config",
                        draftOf(usage())
                                .with(Draft.entitlement(new StaticEntitlement(JsonNodeFactory.instance.textNode("{}"))))
                                .card()),
                broken(
                        "entitlement_template_metered_with_no_meter",
                        "entitlement",
                        new Draft(card("seats", SEATS, flat("1"), "P1M"))
                                .with(Draft.entitlement(new MeteredEntitlement(null, null, null)))
                                .card()),
                broken(
                        "entitlement_template_usage_period_less_then_an_hour",
                        "entitlement.usage_period",
                        draftOf(usage())
                                .with(Draft.entitlement(new MeteredEntitlement(null, BigDecimal.ONE, "PT1M")))
                                .card()));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("broken")
    void each_broken_rule_is_told_with_its_place(String code, String field, RateCard card) {
        assertThat(PlanRules.ofPhases("USD", "P1M", List.of(phase("a", null, card)), KNOWN))
                .extracting(Violation::code, Violation::field)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(code, "phases[0].rate_cards[0]." + field));
    }

    // ------------------------------------------------------------------ building blocks

    /** A rate card that a test changes in one place. */
    private record Draft(RateCard card) {
        Draft with(UnaryOperator<RateCard> change) {
            return new Draft(change.apply(card));
        }

        static UnaryOperator<RateCard> price(RateCardPrice price) {
            return c -> copy(
                    c,
                    c.currency(),
                    c.billingCadence(),
                    price,
                    c.unitConfig(),
                    c.paymentTerm(),
                    c.commitments(),
                    c.discounts(),
                    c.entitlement());
        }

        static UnaryOperator<RateCard> taxCode(String id) {
            return c -> new RateCard(
                    c.key(),
                    c.name(),
                    null,
                    null,
                    c.feature(),
                    c.currency(),
                    c.billingCadence(),
                    c.price(),
                    c.unitConfig(),
                    c.paymentTerm(),
                    c.commitments(),
                    c.discounts(),
                    new RateCard.TaxConfig(null, new RateCard.TaxConfig.TaxCodeReference(id)),
                    c.entitlement());
        }

        static UnaryOperator<RateCard> cadence(String cadence) {
            return c -> copy(
                    c,
                    c.currency(),
                    cadence,
                    c.price(),
                    c.unitConfig(),
                    c.paymentTerm(),
                    c.commitments(),
                    c.discounts(),
                    c.entitlement());
        }

        static UnaryOperator<RateCard> currency(String currency) {
            return c -> copy(
                    c,
                    currency,
                    c.billingCadence(),
                    c.price(),
                    c.unitConfig(),
                    c.paymentTerm(),
                    c.commitments(),
                    c.discounts(),
                    c.entitlement());
        }

        static UnaryOperator<RateCard> term(String term) {
            return c -> copy(
                    c,
                    c.currency(),
                    c.billingCadence(),
                    c.price(),
                    c.unitConfig(),
                    term,
                    c.commitments(),
                    c.discounts(),
                    c.entitlement());
        }

        static UnaryOperator<RateCard> units(String operation, String factor, String rounding, Integer precision) {
            UnitConfig units = new UnitConfig(operation, decimal(factor), rounding, precision, null);
            return c -> copy(
                    c,
                    c.currency(),
                    c.billingCadence(),
                    c.price(),
                    units,
                    c.paymentTerm(),
                    c.commitments(),
                    c.discounts(),
                    c.entitlement());
        }

        static UnaryOperator<RateCard> commitments(String minimum, String maximum) {
            Commitments commitments = new Commitments(decimal(minimum), decimal(maximum));
            return c -> copy(
                    c,
                    c.currency(),
                    c.billingCadence(),
                    c.price(),
                    c.unitConfig(),
                    c.paymentTerm(),
                    commitments,
                    c.discounts(),
                    c.entitlement());
        }

        static UnaryOperator<RateCard> discounts(String percentage, String usage) {
            Discounts discounts = new Discounts(decimal(percentage), decimal(usage));
            return c -> copy(
                    c,
                    c.currency(),
                    c.billingCadence(),
                    c.price(),
                    c.unitConfig(),
                    c.paymentTerm(),
                    c.commitments(),
                    discounts,
                    c.entitlement());
        }

        static UnaryOperator<RateCard> entitlement(RateCard.Entitlement entitlement) {
            return c -> copy(
                    c,
                    c.currency(),
                    c.billingCadence(),
                    c.price(),
                    c.unitConfig(),
                    c.paymentTerm(),
                    c.commitments(),
                    c.discounts(),
                    entitlement);
        }

        private static RateCard copy(
                RateCard card,
                String currency,
                String cadence,
                RateCardPrice price,
                UnitConfig unitConfig,
                String paymentTerm,
                Commitments commitments,
                Discounts discounts,
                RateCard.Entitlement entitlement) {
            return new RateCard(
                    card.key(),
                    card.name(),
                    null,
                    null,
                    card.feature(),
                    currency,
                    cadence,
                    price,
                    unitConfig,
                    paymentTerm,
                    commitments,
                    discounts,
                    null,
                    entitlement);
        }
    }

    private static Draft draftOf(RateCard card) {
        return new Draft(card);
    }

    private static RateCard usage() {
        return card("runs", RUNS, unit("1"), "P1M");
    }

    private static Draft fee(String key) {
        return new Draft(card(key, null, flat("10"), "P1M"));
    }

    private static RateCard card(String key, String featureId, RateCardPrice price, String cadence) {
        FeatureReference feature = featureId == null ? null : new FeatureReference(featureId);
        return new RateCard(key, key, null, null, feature, null, cadence, price, null, null, null, null, null, null);
    }

    private static RateCardPrice unit(String amount) {
        return new Unit(decimal(amount));
    }

    private static Flat flat(String amount) {
        return new Flat(decimal(amount));
    }

    /** Tiers of a dollar a unit with these bounds; null for an open one. */
    private static List<Tier> tiers(String... bounds) {
        return Arrays.stream(bounds)
                .map(bound -> new Tier(decimal(bound), null, new Unit(BigDecimal.ONE)))
                .toList();
    }

    private static BigDecimal decimal(String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static PlanPhase phase(String key, String duration, RateCard... cards) {
        return new PlanPhase(key, key, null, null, duration, List.of(cards));
    }

    private static List<String> codesOf(PlanPhase... phases) {
        return codes(PlanRules.ofPhases("USD", "P1M", List.of(phases), KNOWN));
    }

    private static List<String> codes(List<Violation> violations) {
        return violations.stream().map(Violation::code).toList();
    }

    private static Arguments draft(String name, RateCard card) {
        return Arguments.of(name, card);
    }

    private static Arguments broken(String code, String field, RateCard card) {
        return Arguments.of(code, field, card);
    }
}
