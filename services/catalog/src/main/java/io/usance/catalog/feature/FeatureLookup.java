package io.usance.catalog.feature;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;

/** Features for whoever refers to them, in the caller's session. */
@ApplicationScoped
public class FeatureLookup {
    @Inject
    FeatureRepository features;

    /** Those with these ids that there are, archived ones too. */
    public Uni<List<KnownFeature>> byIds(String namespace, Collection<String> ids) {
        return features.byIds(namespace, ids).map(FeatureLookup::known);
    }

    /** As {@link #byIds}, and none of them is archived before the caller's transaction ends. */
    public Uni<List<KnownFeature>> holdByIds(String namespace, Collection<String> ids) {
        return features.holdByIds(namespace, ids).map(FeatureLookup::known);
    }

    /** The living ones with these keys that there are. */
    public Uni<List<KnownFeature>> byKeys(String namespace, Collection<String> keys) {
        return features.livingByKeys(namespace, keys).map(FeatureLookup::known);
    }

    private static List<KnownFeature> known(List<FeatureRow> rows) {
        return rows.stream()
                .map(row -> new KnownFeature(row.toFeature(), row.isArchived()))
                .toList();
    }
}
