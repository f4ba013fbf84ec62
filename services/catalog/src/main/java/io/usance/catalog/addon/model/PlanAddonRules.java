package io.usance.catalog.addon.model;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.kernel.time.Cadence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an add-on must keep to be sold on top of a plan. */
public final class PlanAddonRules {
    private static final String RATE_CARDS = "addon.rate_cards";

    private final PlanTerms plan;
    private final AddonTerms addon;
    private final Optional<Cadence> planCadence;
    private final List<Violation> violations = new ArrayList<>();

    private PlanAddonRules(PlanTerms plan, AddonTerms addon) {
        this.plan = plan;
        this.addon = addon;
        this.planCadence = Cadence.tryParse(plan.billingCadence());
    }

    /**
     * Every violation, with fields of the plan's add-on; what is wrong with a rate card of the add-on itself stands under
     * {@code addon.rate_cards}.
     *
     * @param fromPlanPhase key of the first phase in which it can be bought
     * @param maxQuantity most that one subscription can have; null for no limit
     */
    public static List<Violation> violations(
            PlanTerms plan, AddonTerms addon, String fromPlanPhase, Integer maxQuantity) {
        PlanAddonRules rules = new PlanAddonRules(plan, addon);
        rules.checkAddon();
        rules.checkMaxQuantity(maxQuantity);
        rules.checkCadences();
        rules.checkPhases(fromPlanPhase);
        return rules.violations;
    }

    private void checkAddon() {
        if (!addon.canBeSold()) {
            add(
                    "plan_addon_incompatible_status",
                    "addon",
                    "%s is %s: attach an active version instead".formatted(addon.title(), addon.state()));
        }
        if (!addon.currency().equals(plan.currency())) {
            add(
                    "plan_addon_currency_mismatch",
                    "addon",
                    "%s is priced in %s and the plan in %s: attach one in the plan's currency"
                            .formatted(addon.title(), addon.currency(), plan.currency()));
        }
    }

    private void checkMaxQuantity(Integer maxQuantity) {
        if (maxQuantity != null && addon.instanceType() == InstanceType.SINGLE) {
            add(
                    "plan_addon_max_quantity_must_not_be_set",
                    "max_quantity",
                    "%s can be bought once only: leave max_quantity out".formatted(addon.title()));
        }
    }

    private void checkCadences() {
        for (int i = 0; i < addon.rateCards().size(); i++) {
            Optional<Cadence> cadence = billedEach(addon.rateCards().get(i));
            if (cadence.isPresent() && !fitsThePlans(cadence.get())) {
                add(
                        "plan_billing_cadence_not_compatible",
                        pathOf(i) + ".billing_cadence",
                        "%s and the plan's %s do not line up: one must be a multiple of the other"
                                .formatted(cadence.get(), plan.billingCadence()));
            }
        }
    }

    private boolean fitsThePlans(Cadence cadence) {
        return planCadence.isEmpty() || cadence.alignsWith(planCadence.get());
    }

    private void checkPhases(String fromPlanPhase) {
        List<String> keys = plan.phases().stream().map(PlanPhase::key).toList();
        int from = keys.indexOf(fromPlanPhase);
        if (from < 0) {
            violations.add(new Violation(
                    "plan_addon_unknown_plan_phase_key",
                    "the plan has no phase %s: name one of %s".formatted(fromPlanPhase, keys),
                    "from_plan_phase",
                    Map.of("choices", keys)));
            return;
        }
        plan.phases().subList(from, plan.phases().size()).forEach(this::checkPhase);
    }

    private void checkPhase(PlanPhase phase) {
        // A draft may have two rate cards with one key; that is a violation of the plan's own.
        Map<String, RateCard> cards =
                phase.rateCards().stream().collect(Collectors.toMap(RateCard::key, card -> card, (one, other) -> one));
        for (int i = 0; i < addon.rateCards().size(); i++) {
            RateCard added = addon.rateCards().get(i);
            RateCard base = cards.get(added.key());
            if (base == null) {
                checkAlignment(added, pathOf(i), phase);
            } else {
                RateCardExtensionRules.violations(
                                new RateCardExtension(base, added, pathOf(i), phase.key(), plan.billingCadence()))
                        .forEach(violations::add);
            }
        }
    }

    /** Aligned with the plan's cadence both may be, and still not with each other: two and three months in six. */
    private void checkAlignment(RateCard added, String path, PlanPhase phase) {
        Optional<Cadence> own = billedEach(added).filter(this::fitsThePlans);
        if (own.isEmpty()) {
            return;
        }
        phase.rateCards().stream()
                .map(PlanAddonRules::billedEach)
                .flatMap(Optional::stream)
                .filter(other -> !other.alignsWith(own.get()))
                .findFirst()
                .ifPresent(other -> violations.add(new Violation(
                        "rate_card_multiple_billing_cadence",
                        "%s and the %s of a rate card of phase %s do not line up"
                                .formatted(own.get(), other, phase.key()),
                        path + ".billing_cadence",
                        Map.of("phase_key", phase.key()))));
    }

    /** How often it makes an invoice line; empty when never or once. */
    private static Optional<Cadence> billedEach(RateCard card) {
        return card.price() instanceof RateCardPrice.Free
                ? Optional.empty()
                : Optional.ofNullable(card.billingCadence()).flatMap(Cadence::tryParse);
    }

    private static String pathOf(int index) {
        return RATE_CARDS + "[" + index + "]";
    }

    private void add(String code, String field, String message) {
        violations.add(new Violation(code, message, field));
    }
}
