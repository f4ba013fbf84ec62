package io.usance.subscription.plan;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Plan;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Catalog's internal answer to which plan version can be subscribed to. */
@RegisterRestClient(configKey = "catalog")
@Path("/internal/plans")
interface CatalogPlans {
    @GET
    @Path("resolve")
    Uni<Plan> resolve(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @QueryParam("id") String id,
            @QueryParam("key") String key,
            @QueryParam("version") Integer version);
}
