package io.usance.catalog.llm;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.list.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

@Path("/v3/openmeter/llm-cost/prices")
@Produces(MediaType.APPLICATION_JSON)
class LlmPriceResource {
    @Inject
    Caller caller;

    @Inject
    LlmPriceQueries prices;

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<Page<LlmPriceView>> list(@Context UriInfo uri) {
        return prices.list(caller.namespace(), LlmPriceQueries.LIST.parse(uri));
    }

    @GET
    @Path("{priceId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<LlmPriceView> get(String priceId) {
        return prices.get(caller.namespace(), priceId);
    }
}
