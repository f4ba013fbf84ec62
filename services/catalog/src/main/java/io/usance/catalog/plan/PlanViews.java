package io.usance.catalog.plan;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.model.PlanRules;
import io.usance.catalog.plan.model.References;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Shows plans with what stands in the way of publishing them, in the caller's session. */
@ApplicationScoped
class PlanViews {
    @Inject
    PlanReferences references;

    @Inject
    Clock clock;

    Uni<PlanView> of(PlanRow row) {
        return of(row.namespace, List.of(row)).map(List::getFirst);
    }

    Uni<List<PlanView>> of(String namespace, List<PlanRow> rows) {
        Instant now = clock.instant();
        List<PlanRow> publishable =
                rows.stream().filter(row -> row.status(now).canBePublished()).toList();
        return references
                .of(namespace, publishable)
                .map(PlanReferences.Found::states)
                .map(known -> rows.stream()
                        .map(row -> PlanView.of(row, violations(row, known, now), now))
                        .toList());
    }

    private static List<Violation> violations(PlanRow row, References known, Instant now) {
        return row.status(now).canBePublished() ? violations(row, known) : List.of();
    }

    /** @param known at least what the plan refers to, as far as it exists */
    static List<Violation> violations(PlanRow row, References known) {
        return PlanRules.ofPhases(row.currency, row.billingCadence, row.phases, known);
    }
}
