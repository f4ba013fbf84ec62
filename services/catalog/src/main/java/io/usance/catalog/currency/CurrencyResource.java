package io.usance.catalog.currency;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.list.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/v3/openmeter/currencies")
@Produces(MediaType.APPLICATION_JSON)
class CurrencyResource {
    @Inject
    Caller caller;

    @Inject
    CreateCustomCurrency createCustomCurrency;

    @Inject
    CreateCostBasis createCostBasis;

    @Inject
    CurrencyQueries currencies;

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<Page<CurrencyView>> list(@Context UriInfo uri, @RestQuery String expand) {
        return currencies.list(caller.namespace(), CurrencyQueries.LIST.parse(uri), Expansion.parse(expand));
    }

    @POST
    @Path("custom")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<CurrencyView> create(CreateCustomCurrencyRequest request) {
        return createCustomCurrency.create(caller.namespace(), request);
    }

    @GET
    @Path("custom/{currencyId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<CurrencyView> get(String currencyId) {
        return currencies.get(caller.namespace(), currencyId);
    }

    @GET
    @Path("custom/{currencyId}/cost-bases")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<Page<CostBasisView>> listCostBases(String currencyId, @Context UriInfo uri) {
        return currencies.costBases(caller.namespace(), currencyId, CostBasisRepository.LIST.parse(uri));
    }

    @POST
    @Path("custom/{currencyId}/cost-bases")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<CostBasisView> createCostBasis(String currencyId, CreateCostBasisRequest request) {
        return createCostBasis.create(caller.namespace(), currencyId, request);
    }
}
