package io.usance.ingestion.usage;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/v3/openmeter/features/{featureId}/cost/query")
class FeatureCostResource {
    @Inject
    Caller caller;

    @Inject
    QueryFeatureCost queryFeatureCost;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER})
    public Uni<FeatureCostResult> query(@PathParam("featureId") String featureId, MeterQueryRequest request) {
        return queryFeatureCost.query(
                caller.namespace(),
                caller.bearer(),
                featureId,
                request == null ? MeterQueryRequest.EVERYTHING : request);
    }
}
