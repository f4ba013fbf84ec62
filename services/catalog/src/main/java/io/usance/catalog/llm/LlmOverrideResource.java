package io.usance.catalog.llm;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.list.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/v3/openmeter/llm-cost/overrides")
@Produces(MediaType.APPLICATION_JSON)
class LlmOverrideResource {
    @Inject
    Caller caller;

    @Inject
    CreateLlmOverride createOverride;

    @Inject
    DeleteLlmOverride deleteOverride;

    @Inject
    LlmPriceQueries prices;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<LlmPriceView> create(CreateLlmOverrideRequest request) {
        return createOverride.create(caller.namespace(), request);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<Page<LlmPriceView>> list(@Context UriInfo uri) {
        return prices.listOverrides(caller.namespace(), LlmPriceQueries.LIST.parse(uri));
    }

    @DELETE
    @Path("{priceId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<Void> delete(String priceId) {
        return deleteOverride.delete(caller.namespace(), priceId);
    }
}
