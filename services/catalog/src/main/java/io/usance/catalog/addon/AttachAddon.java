package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.KnownPlan;
import io.usance.catalog.plan.PlanLookup;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.wire.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Lets an add-on be bought with a plan that is not yet in force. What does not fit now is refused; when the plan or the
 * add-on changes later, it is told with the plan and stands in the way of publishing it.
 */
@ApplicationScoped
class AttachAddon {
    /** Of one plan. */
    static final int ADDONS_MAX = 50;

    @Inject
    PlanLookup plans;

    @Inject
    AddonRepository addons;

    @Inject
    PlanAddonRepository planAddons;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<PlanAddonView> attach(String namespace, String planId, CreatePlanAddonRequest request) {
        refuseMalformed(request.labels());
        return plans.lock(namespace, planId)
                .invoke(PlanAddonTransitions::requireOpen)
                .call(plan -> refuseTwice(namespace, plan, request.addon().id()))
                .chain(plan -> insert(namespace, plan, request))
                .invoke(row ->
                        Log.infof("add-on attached planAddon=%s plan=%s addon=%s", row.id, row.planId, row.addonId))
                .map(row -> PlanAddonView.of(row, List.of()));
    }

    /** @param labels of a plan's add-on */
    static void refuseMalformed(Map<String, String> labels) {
        List<InvalidParameter> faults = Labels.faults("labels", labels);
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
    }

    private Uni<List<PlanAddonRow>> refuseTwice(String namespace, KnownPlan plan, String addonId) {
        return planAddons.ofPlans(namespace, List.of(plan.id())).invoke(attached -> {
            if (attached.stream().anyMatch(row -> row.addonId.equals(addonId))) {
                throw PlanAddonRepository.attachedAlready(addonId);
            }
            if (attached.size() >= ADDONS_MAX) {
                throw Refusal.of(new Violation(
                        "plan_has_too_many_addons",
                        "a plan has at most %d add-ons: detach one first".formatted(ADDONS_MAX),
                        "addon",
                        Map.of("maximum", ADDONS_MAX)));
            }
        });
    }

    private Uni<PlanAddonRow> insert(String namespace, KnownPlan plan, CreatePlanAddonRequest request) {
        PlanAddonRow row = row(namespace, plan, request);
        return addons.holdByIds(namespace, List.of(row.addonId))
                .map(found -> found.stream().findFirst().orElseThrow(AttachAddon::noSuchAddon))
                .invoke(addon -> Refusal.unless(row.violations(plan, addon, clock)))
                .chain(() -> planAddons.insert(row));
    }

    private static RuntimeException noSuchAddon() {
        return Problems.invalid(
                InvalidParameter.body("addon.id", "missing_reference", "names an add-on that does not exist"));
    }

    private PlanAddonRow row(String namespace, KnownPlan plan, CreatePlanAddonRequest request) {
        Instant now = clock.instant();
        PlanAddonRow row = new PlanAddonRow();
        row.namespace = namespace;
        row.id = ids.next();
        row.planId = plan.id();
        row.addonId = request.addon().id();
        row.name = request.name();
        row.description = request.description();
        row.labels = request.labels();
        row.fromPlanPhase = request.fromPlanPhase();
        row.maxQuantity = request.maxQuantity();
        row.createdAt = now;
        row.updatedAt = now;
        return row;
    }
}
