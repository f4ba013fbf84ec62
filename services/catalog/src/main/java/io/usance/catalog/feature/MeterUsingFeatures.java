package io.usance.catalog.feature;

import io.smallrye.mutiny.Uni;
import io.usance.catalog.meter.MeterUsers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The living features that count with a meter. */
@ApplicationScoped
class MeterUsingFeatures implements MeterUsers {
    @Inject
    FeatureRepository features;

    @Override
    public Uni<List<MeterUser>> of(String namespace, String meterId) {
        return features.livingByMeter(namespace, meterId)
                .map(rows -> rows.stream().map(MeterUsingFeatures::user).toList());
    }

    private static MeterUser user(FeatureRow row) {
        Set<String> dimensions = new HashSet<>(UnitCosts.dimensions(row.unitCost));
        if (row.meterFilters != null) {
            dimensions.addAll(row.meterFilters.keySet());
        }
        return new MeterUser("feature " + row.key, dimensions);
    }
}
