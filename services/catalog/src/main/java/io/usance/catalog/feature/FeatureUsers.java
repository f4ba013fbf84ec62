package io.usance.catalog.feature;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Who cannot do without a feature. A feature does not know its users; whoever refers to features implements this. */
public interface FeatureUsers {
    /**
     * The users that stand in the way of archiving a feature, for a person, e.g. {@code plan premium version 2}, in the
     * transaction that holds the feature's lock.
     */
    Uni<List<String>> of(String namespace, String featureId);
}
