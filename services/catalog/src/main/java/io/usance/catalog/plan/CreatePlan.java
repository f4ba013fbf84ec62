package io.usance.catalog.plan;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.currency.CurrencyLookup;
import io.usance.catalog.plan.model.PlanRules;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.runtime.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Makes a draft: the first version of a new plan or the next one of a known plan. A plan has one draft at a time. */
@ApplicationScoped
class CreatePlan {
    static final String SETTLEMENT_MODE = "credit_then_invoice";

    @Inject
    PlanRepository plans;

    @Inject
    PhaseIntake phases;

    @Inject
    CurrencyLookup currencies;

    @Inject
    PlanViews views;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<PlanView> create(String namespace, CreatePlanRequest request) {
        PhaseIntake.refuseMalformed(request.labels(), request.phases());
        return currencies
                .customAmong(namespace, Set.of(request.currency()))
                .invoke(custom ->
                        Refusal.unless(PlanRules.ofTerms(request.currency(), request.billingCadence(), custom)))
                .chain(() -> plans.draft(namespace, request.key()))
                .invoke(draft -> {
                    if (draft != null) {
                        throw PlanRepository.draftExists(request.key());
                    }
                })
                .chain(() -> phases.resolve(namespace, request.phases()))
                .chain(resolved -> insert(namespace, request, resolved))
                .invoke(row -> Log.infof("plan drafted plan=%s key=%s version=%d", row.id, row.key, row.version))
                .chain(views::of);
    }

    private Uni<PlanRow> insert(String namespace, CreatePlanRequest request, List<PlanPhase> resolved) {
        return plans.lastVersion(namespace, request.key())
                .map(last -> row(namespace, request, resolved, last + 1))
                .chain(plans::insert);
    }

    private PlanRow row(String namespace, CreatePlanRequest request, List<PlanPhase> resolved, int version) {
        Instant now = clock.instant();
        PlanRow row = new PlanRow();
        row.namespace = namespace;
        row.id = ids.next();
        row.key = request.key();
        row.version = version;
        row.name = request.name();
        row.description = request.description();
        row.labels = request.labels();
        row.currency = request.currency();
        row.billingCadence = request.billingCadence();
        row.proRatingEnabled = request.proRatingEnabled();
        row.settlementMode = SETTLEMENT_MODE;
        row.phases = resolved;
        row.createdAt = now;
        row.updatedAt = now;
        return row;
    }
}
