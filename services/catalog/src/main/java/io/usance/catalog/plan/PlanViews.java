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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows plans with what stands in the way of publishing them, in the caller's session. */
@ApplicationScoped
class PlanViews {
    @Inject
    RateCardReferences references;

    @Inject
    AttachedAddons addons;

    @Inject
    Clock clock;

    Uni<PlanView> of(PlanRow row) {
        return of(row.namespace, List.of(row)).map(List::getFirst);
    }

    Uni<List<PlanView>> of(String namespace, List<PlanRow> rows) {
        Instant now = clock.instant();
        List<PlanRow> publishable =
                rows.stream().filter(row -> row.status(now).canBePublished()).toList();
        return violations(namespace, publishable, now)
                .map(violations -> rows.stream()
                        .map(row -> PlanView.of(row, violations.getOrDefault(row.id, List.of()), now))
                        .toList());
    }

    /** What stands in the way of publishing, by the plan's id. */
    private Uni<Map<String, List<Violation>>> violations(String namespace, List<PlanRow> rows, Instant now) {
        RateCardReferences.Named named =
                RateCardReferences.Named.all(rows.stream().map(PlanRow::named).toList());
        List<KnownPlan> plans = rows.stream().map(row -> row.toKnown(now)).toList();
        return references
                .find(namespace, named)
                .map(RateCardReferences.Found::states)
                .chain(known -> addons.violations(namespace, plans)
                        .map(ofAddons -> rows.stream()
                                .collect(Collectors.toMap(
                                        row -> row.id,
                                        row -> violations(row, known, ofAddons.getOrDefault(row.id, List.of()))))));
    }

    /**
     * @param known at least what the plan refers to, as far as it exists
     * @param ofAddons what stands in the way of the add-ons on top of it
     */
    static List<Violation> violations(PlanRow row, References known, List<Violation> ofAddons) {
        List<Violation> ofPhases = PlanRules.ofPhases(row.currency, row.billingCadence, row.phases, known);
        return Stream.concat(ofPhases.stream(), ofAddons.stream()).toList();
    }
}
