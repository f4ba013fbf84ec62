package io.usance.subscription;

import com.github.f4b6a3.ulid.UlidCreator;
import io.usance.contracts.catalog.Feature;
import io.usance.contracts.catalog.FeatureMeter;
import io.usance.contracts.catalog.FeatureReference;
import io.usance.contracts.catalog.Plan;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.contracts.catalog.RateCard;
import io.usance.contracts.catalog.RateCardPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Published plans for tests: monthly, in dollars, one phase with one rate card of 1 a unit, unless a test says otherwise. */
public final class PlanBuilder {
    /** A feature with a meter that every plan here sells. */
    public static final Feature AGENT_RUNS = new Feature(
            "01J8ZV4QXKPG1N6FSM8T4B7C9D",
            "agent_runs",
            "Agent Runs",
            new FeatureMeter("01J8ZV4QXKPG1N6FSM8T4B7C9E", null));

    private final String key;
    private final List<PlanPhase> phases = new ArrayList<>();
    private int version = 1;
    private String currency = "USD";
    private String cadence = "P1M";
    private boolean proRating = true;
    private String settlementMode = "credit_then_invoice";
    private RateCardPrice price = new RateCardPrice.Unit(new BigDecimal("1"));
    private RateCard.Entitlement entitlement = new RateCard.BooleanEntitlement();
    private Instant effectiveFrom = Instant.parse("2020-01-01T00:00:00Z");
    private Instant effectiveTo;

    private PlanBuilder(String key) {
        this.key = key;
    }

    public static PlanBuilder aPlan(String key) {
        return new PlanBuilder(key);
    }

    public PlanBuilder version(int number) {
        version = number;
        return this;
    }

    public PlanBuilder in(String currencyCode) {
        currency = currencyCode;
        return this;
    }

    public PlanBuilder every(String billingCadence) {
        cadence = billingCadence;
        return this;
    }

    public PlanBuilder withoutProRating() {
        proRating = false;
        return this;
    }

    public PlanBuilder settledBy(String mode) {
        settlementMode = mode;
        return this;
    }

    public PlanBuilder priced(RateCardPrice each) {
        price = each;
        return this;
    }

    public PlanBuilder entitled(RateCard.Entitlement each) {
        entitlement = each;
        return this;
    }

    public PlanBuilder free() {
        return priced(new RateCardPrice.Free());
    }

    public PlanBuilder effective(Instant from, Instant to) {
        effectiveFrom = from;
        effectiveTo = to;
        return this;
    }

    /** Adds a phase with a rate card as was said before; without any there is one that does not end. */
    public PlanBuilder phase(String phaseKey, String duration) {
        phases.add(new PlanPhase(
                phaseKey, "Phase " + phaseKey, null, Map.of("phase", phaseKey), duration, List.of(rateCard())));
        return this;
    }

    public Plan build() {
        if (phases.isEmpty()) {
            phase("default", null);
        }
        return new Plan(
                UlidCreator.getMonotonicUlid().toString(),
                key,
                version,
                "Plan " + key,
                "All of " + key,
                currency,
                cadence,
                proRating,
                settlementMode,
                effectiveFrom,
                effectiveTo,
                List.copyOf(phases),
                List.of(AGENT_RUNS));
    }

    private RateCard rateCard() {
        return new RateCard(
                AGENT_RUNS.key(),
                AGENT_RUNS.name(),
                null,
                null,
                new FeatureReference(AGENT_RUNS.id()),
                null,
                "P1M",
                price,
                null,
                null,
                null,
                new RateCard.Discounts(new BigDecimal("12.50"), new BigDecimal("10.000")),
                null,
                entitlement);
    }
}
