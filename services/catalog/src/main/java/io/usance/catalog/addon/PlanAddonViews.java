package io.usance.catalog.addon;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.KnownPlan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows the add-ons of a plan with what stands in the way of publishing it with them, in the caller's session. */
@ApplicationScoped
class PlanAddonViews {
    @Inject
    AddonRepository addons;

    @Inject
    Clock clock;

    Uni<List<PlanAddonView>> of(KnownPlan plan, String namespace, List<PlanAddonRow> rows) {
        Set<String> addonIds =
                plan.canBeChanged() ? rows.stream().map(row -> row.addonId).collect(Collectors.toSet()) : Set.of();
        return addons.byIds(namespace, addonIds)
                .map(known -> known.stream().collect(Collectors.toMap(addon -> addon.id, Function.identity())))
                .map(known -> rows.stream().map(row -> view(plan, row, known)).toList());
    }

    private PlanAddonView view(KnownPlan plan, PlanAddonRow row, Map<String, AddonRow> known) {
        boolean isOpen = plan.canBeChanged() && row.deletedAt == null;
        List<Violation> violations = isOpen ? row.violations(plan, known.get(row.addonId), clock) : List.of();
        return PlanAddonView.of(row, violations);
    }
}
