package io.usance.ingestion.meter;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The internal door of the catalog service. */
@RegisterRestClient(configKey = "catalog")
@Path("/internal/meters")
interface CatalogClient {
    @GET
    @Path("{id}")
    Uni<Meter> meter(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, @PathParam("id") String id);
}
