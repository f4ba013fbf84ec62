package io.usance.catalog.addon;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.feature.FeatureUsers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** The versions in force that need a feature. */
@ApplicationScoped
class AddonsUsingFeature implements FeatureUsers {
    @Inject
    AddonRepository addons;

    @Inject
    Clock clock;

    @Override
    public Uni<List<String>> of(String namespace, String featureId) {
        return addons.activeUsing(namespace, featureId, clock.instant())
                .map(rows -> rows.stream().map(AddonRow::title).toList());
    }
}
