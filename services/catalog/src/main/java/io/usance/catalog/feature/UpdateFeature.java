package io.usance.catalog.feature;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Sets or clears what a unit of a feature costs us; everything else about a feature is fixed. Concerns nobody else. */
@ApplicationScoped
class UpdateFeature {
    @Inject
    FeatureRepository features;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<FeatureView> update(String namespace, String id, UpdateFeatureRequest request) {
        Refusal.unless(UnitCosts.violations(request.unitCost()));
        return features.lock(namespace, id)
                .invoke(row -> change(row, request))
                .call(features::flush)
                .map(FeatureView::of);
    }

    private void change(FeatureRow row, UpdateFeatureRequest request) {
        if (row.isArchived()) {
            throw Problems.gone("feature", row.id);
        }
        if (request.unitCost() == null) {
            return;
        }
        row.unitCost = UnitCosts.toKeep(request.unitCost());
        row.updatedAt = clock.instant();
        Log.infof("feature updated feature=%s key=%s", row.id, row.key);
    }
}
