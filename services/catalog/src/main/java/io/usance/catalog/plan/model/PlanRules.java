package io.usance.catalog.plan.model;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.Plan;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.contracts.catalog.RateCard;
import io.usance.kernel.money.Currency;
import io.usance.kernel.time.Cadence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan must keep. The terms that a version cannot change any more are checked when it is made; everything else may be
 * wrong in a draft and is checked before it is published.
 */
public final class PlanRules {
    /** Shortest cadence, phase and usage period. */
    static final Duration CADENCE_MIN = Duration.ofHours(1);

    private static final List<String> BILLING_CADENCES =
            List.of("P1W", "P2W", "P4W", "P1M", "P3M", "P6M", "P12M", "P1Y");

    private final String currency;
    private final Optional<Cadence> cadence;
    private final References references;
    private final List<Violation> violations = new ArrayList<>();

    private PlanRules(String currency, Optional<Cadence> cadence, References references) {
        this.currency = currency;
        this.cadence = cadence;
        this.references = references;
    }

    /**
     * Every violation of what is fixed with the version's creation.
     *
     * @param customCurrencies at least {@code currency}, if it is one of the tenant's own
     */
    public static List<Violation> ofTerms(String currency, String billingCadence, Set<String> customCurrencies) {
        List<Violation> violations = new ArrayList<>(ofCurrency(currency, customCurrencies));
        boolean known = Cadence.tryParse(billingCadence).stream()
                .anyMatch(
                        cadence -> BILLING_CADENCES.stream().map(Cadence::parse).anyMatch(cadence::equals));
        if (!known) {
            violations.add(new Violation(
                    "plan_billing_cadence_invalid",
                    "must be one of " + BILLING_CADENCES,
                    "billing_cadence",
                    Map.of("choices", BILLING_CADENCES)));
        }
        return violations;
    }

    /**
     * Every violation that stands in the way of publishing, phase by phase.
     *
     * @param references at least what the plan refers to, as far as it exists
     */
    public static List<Violation> ofPhases(
            String currency, String billingCadence, List<PlanPhase> phases, References references) {
        PlanRules rules = new PlanRules(currency, Cadence.tryParse(billingCadence), references);
        rules.checkCurrency("a plan");
        rules.checkPhases(phases);
        return rules.violations;
    }

    /**
     * Every violation of what makes a rate card's price something that can be computed, whatever its feature and the plan
     * that it is to be in.
     *
     * @param path of the rate card, for the fields of violations
     * @param customCurrencies at least {@code currency}, if it is one of the tenant's own
     */
    public static List<Violation> ofPrice(String currency, RateCard card, String path, Set<String> customCurrencies) {
        List<Violation> violations = new ArrayList<>(ofCurrency(currency, customCurrencies));
        References references = new References(Map.of(), Map.of(), customCurrencies);
        RateCardRules.violationsOfPrice(new RateCardInPlan(card, path, references, currency, null))
                .forEach(violations::add);
        return violations;
    }

    /**
     * Every violation of rate cards that are sold together and in no plan yet.
     *
     * @param path of the rate cards, e.g. {@code rate_cards}
     * @param references at least what the rate cards refer to, as far as it exists
     */
    public static List<Violation> ofRateCards(
            String currency, List<RateCard> cards, String path, References references) {
        PlanRules rules = new PlanRules(currency, Optional.empty(), references);
        rules.checkCurrency("an add-on");
        rules.checkRateCards(cards, path);
        return rules.violations;
    }

    /**
     * Says that money is not counted in {@code code}, unless it is.
     *
     * @param customCurrencies at least {@code code}, if it is one of the tenant's own
     */
    public static List<Violation> ofCurrency(String code, Set<String> customCurrencies) {
        return customCurrencies.contains(code)
                ? List.of()
                : currencyViolation(code, "currency").stream().toList();
    }

    private void checkCurrency(String thing) {
        if (references.customCurrencies().contains(currency)) {
            add(
                    "currency_invalid",
                    "%s in the custom currency %s takes credits to settle, which are not available: delete this draft and create it in a fiat currency"
                            .formatted(thing, currency),
                    "currency");
        }
    }

    private void checkPhases(List<PlanPhase> phases) {
        if (phases.isEmpty()) {
            add("plan_with_no_phases", "a plan needs a phase", "phases");
        }
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < phases.size(); i++) {
            PlanPhase phase = phases.get(i);
            String path = "phases[" + i + "]";
            if (!keys.add(phase.key())) {
                add("plan_phase_duplicated_key", "another phase has the key " + phase.key(), path + ".key");
            }
            checkDuration(phase, path + ".duration", i == phases.size() - 1);
            if (phase.rateCards().isEmpty()) {
                add("plan_phase_has_no_rate_cards", "a phase needs a rate card", path + ".rate_cards");
            }
            checkRateCards(phase.rateCards(), path + ".rate_cards");
            checkLines(phase.rateCards(), path + ".rate_cards");
        }
    }

    private void checkDuration(PlanPhase phase, String field, boolean isLast) {
        if (isLast) {
            if (phase.duration() != null) {
                add(
                        "plan_has_last_phase_with_duration",
                        "the last phase does not end: leave its duration out, or add a phase after it",
                        field);
            }
        } else if (phase.duration() == null) {
            add("plan_has_non_last_phase_with_no_duration", "every phase but the last needs a duration", field);
        } else if (Cadence.tryParse(phase.duration())
                .filter(duration -> duration.isAtLeast(CADENCE_MIN))
                .isEmpty()) {
            add(
                    "plan_phase_duration_less_then_an_hour",
                    "must be an ISO-8601 duration in whole numbers of at least an hour",
                    field);
        }
    }

    private void checkRateCards(List<RateCard> cards, String path) {
        Set<String> keys = new HashSet<>();
        Set<Cadence> cadences = new HashSet<>();
        for (int i = 0; i < cards.size(); i++) {
            RateCardInPlan card = inPlan(cards.get(i), path + "[" + i + "]");
            if (!keys.add(card.card().key())) {
                violations.add(card.violation(
                        "rate_card_duplicated_key",
                        "key",
                        "another rate card here has the key " + card.card().key()));
            }
            RateCardRules.violations(card).forEach(violations::add);
            checkAlignment(card, cadences);
        }
    }

    /** Every rate card makes a line for each of its own periods, and an invoice holds only so many. */
    private void checkLines(List<RateCard> cards, String path) {
        long lines = cards.stream()
                .map(card -> inPlan(card, path))
                .filter(RateCardInPlan::isPriced)
                .mapToLong(this::linesAtMost)
                .sum();
        if (lines > Plan.LINES_MAX) {
            violations.add(new Violation(
                    "plan_phase_too_many_invoice_lines",
                    "%d invoice lines in a billing period are more than %d: choose longer billing cadences"
                            .formatted(lines, Plan.LINES_MAX),
                    path,
                    Map.of("maximum", Plan.LINES_MAX)));
        }
    }

    private long linesAtMost(RateCardInPlan card) {
        return cadence.flatMap(whole -> card.cadence().map(whole::timesAtMost)).orElse(1L);
    }

    /** Aligned with the plan's cadence they may all be, and still not with each other: two and three months in six. */
    private void checkAlignment(RateCardInPlan card, Set<Cadence> others) {
        if (!card.isPriced() || card.cadence().isEmpty()) {
            return;
        }
        Cadence own = card.cadence().get();
        others.stream()
                .filter(other -> !other.alignsWith(own))
                .findFirst()
                .ifPresent(other -> violations.add(card.violation(
                        "rate_card_multiple_billing_cadence",
                        "billing_cadence",
                        "%s and the %s of another rate card here do not line up".formatted(own, other))));
        others.add(own);
    }

    private RateCardInPlan inPlan(RateCard card, String path) {
        return new RateCardInPlan(card, path, references, currency, cadence.orElse(null));
    }

    static Optional<Violation> currencyViolation(String code, String field) {
        return Currency.tryIso(code).isPresent()
                ? Optional.empty()
                : Optional.of(new Violation("currency_not_found", "there is no currency " + code, field));
    }

    private void add(String code, String message, String field) {
        violations.add(new Violation(code, message, field));
    }
}
