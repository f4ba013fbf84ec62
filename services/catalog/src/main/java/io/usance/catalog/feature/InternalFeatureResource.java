package io.usance.catalog.feature;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.FeatureCost;
import io.usance.runtime.identity.Caller;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** For whoever puts a cost on the usage of a feature. */
@Path("/internal/features")
class InternalFeatureResource {
    @Inject
    Caller caller;

    @Inject
    FeatureQueries features;

    /** An archived one too. */
    @GET
    @Path("{featureId}/cost")
    @Authenticated
    public Uni<FeatureCost> cost(String featureId) {
        return features.cost(caller.namespace(), featureId);
    }
}
