package io.usance.catalog.tax;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/v3/openmeter/defaults/tax-codes")
@Produces(MediaType.APPLICATION_JSON)
class DefaultTaxCodesResource {
    @Inject
    Caller caller;

    @Inject
    UpdateDefaultTaxCodes updateDefaultTaxCodes;

    @Inject
    TaxCodeQueries taxCodes;

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<DefaultTaxCodesView> get() {
        return taxCodes.defaults(caller.namespace());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<DefaultTaxCodesView> update(UpdateDefaultTaxCodesRequest request) {
        return updateDefaultTaxCodes.update(caller.namespace(), request);
    }
}
