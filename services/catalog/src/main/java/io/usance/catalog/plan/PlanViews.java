package io.usance.catalog.plan;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.feature.FeatureLookup;
import io.usance.catalog.feature.KnownFeature;
import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.model.FeatureState;
import io.usance.catalog.plan.model.PlanRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows plans with what stands in the way of publishing them, in the caller's session. */
@ApplicationScoped
class PlanViews {
    @Inject
    FeatureLookup features;

    @Inject
    Clock clock;

    Uni<PlanView> of(PlanRow row) {
        return of(row.namespace, List.of(row)).map(List::getFirst);
    }

    Uni<List<PlanView>> of(String namespace, List<PlanRow> rows) {
        Instant now = clock.instant();
        Set<String> ids = rows.stream()
                .filter(row -> row.status(now).canBePublished())
                .flatMap(row -> row.featureIds().stream())
                .collect(Collectors.toSet());
        return features.byIds(namespace, ids)
                .map(known -> rows.stream()
                        .map(row -> PlanView.of(row, violations(row, known, now), now))
                        .toList());
    }

    private static List<Violation> violations(PlanRow row, List<KnownFeature> known, Instant now) {
        return row.status(now).canBePublished() ? violations(row, known) : List.of();
    }

    /** @param known at least the features that the plan names, as far as they exist */
    static List<Violation> violations(PlanRow row, List<KnownFeature> known) {
        return PlanRules.ofPhases(row.currency, row.billingCadence, row.phases, states(known));
    }

    private static Map<String, FeatureState> states(List<KnownFeature> known) {
        return known.stream()
                .collect(Collectors.toMap(
                        KnownFeature::id,
                        feature -> new FeatureState(
                                feature.key(), feature.feature().meter() != null, feature.isArchived())));
    }
}
