package io.usance.catalog.feature;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.meter.MeterLookup;
import io.usance.contracts.catalog.Meter;
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
    MeterLookup meters;

    @Inject
    FeatureViews views;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<FeatureView> update(String namespace, String id, UpdateFeatureRequest request) {
        return features.lock(namespace, id)
                .call(row -> refuse(row, request))
                .invoke(row -> change(row, request))
                .call(features::flush)
                .chain(views::of);
    }

    private Uni<?> refuse(FeatureRow row, UpdateFeatureRequest request) {
        if (row.isArchived()) {
            throw Problems.gone("feature", row.id);
        }
        Uni<Meter> meter =
                row.meterId == null ? Uni.createFrom().nullItem() : meters.holdById(row.namespace, row.meterId);
        return meter.invoke(held -> Refusal.unless(UnitCosts.violations(request.unitCost(), held)));
    }

    private void change(FeatureRow row, UpdateFeatureRequest request) {
        if (request.unitCost() == null) {
            return;
        }
        row.unitCost = UnitCosts.toKeep(request.unitCost());
        row.updatedAt = clock.instant();
        Log.infof("feature updated feature=%s key=%s", row.id, row.key);
    }
}
