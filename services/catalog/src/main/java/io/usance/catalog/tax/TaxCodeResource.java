package io.usance.catalog.tax;

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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/v3/openmeter/tax-codes")
@Produces(MediaType.APPLICATION_JSON)
class TaxCodeResource {
    @Inject
    Caller caller;

    @Inject
    CreateTaxCode createTaxCode;

    @Inject
    UpsertTaxCode upsertTaxCode;

    @Inject
    DeleteTaxCode deleteTaxCode;

    @Inject
    TaxCodeQueries taxCodes;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<TaxCodeView> create(CreateTaxCodeRequest request) {
        return createTaxCode.create(caller.namespace(), request);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<Page<TaxCodeView>> list(@Context UriInfo uri, @RestQuery("include_deleted") String includeDeleted) {
        return taxCodes.list(caller.namespace(), TaxCodeRepository.LIST.parse(uri), includeDeleted);
    }

    @GET
    @Path("{taxCodeId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<TaxCodeView> get(String taxCodeId) {
        return taxCodes.get(caller.namespace(), taxCodeId);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("{taxCodeId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<TaxCodeView> upsert(String taxCodeId, UpsertTaxCodeRequest request) {
        return upsertTaxCode.upsert(caller.namespace(), taxCodeId, request);
    }

    @DELETE
    @Path("{taxCodeId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<Void> delete(String taxCodeId) {
        return deleteTaxCode.delete(caller.namespace(), taxCodeId);
    }
}
