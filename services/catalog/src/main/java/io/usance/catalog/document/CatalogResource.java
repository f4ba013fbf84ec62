package io.usance.catalog.document;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.wire.WireYaml;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/v3/openmeter/catalog")
@Produces(MediaType.APPLICATION_JSON)
@WithMeters
class CatalogResource {
    @Inject
    Caller caller;

    @Inject
    ExportCatalog exportCatalog;

    @Inject
    ApplyCatalog applyCatalog;

    @Inject
    WireYaml yaml;

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<CatalogDocument> export() {
        return exportCatalog.export(caller.namespace());
    }

    @GET
    @Produces(WireYaml.MEDIA_TYPE)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<String> exportYaml() {
        return export().map(yaml::write);
    }

    @POST
    @Path("diff")
    @Consumes({MediaType.APPLICATION_JSON, WireYaml.MEDIA_TYPE})
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<CatalogChanges> diff(CatalogDocument document, @RestQuery boolean prune) {
        return applyCatalog.diff(caller.namespace(), document, prune);
    }

    @POST
    @Path("apply")
    @Consumes({MediaType.APPLICATION_JSON, WireYaml.MEDIA_TYPE})
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<CatalogChanges> apply(CatalogDocument document, @RestQuery boolean prune) {
        return applyCatalog.apply(caller.namespace(), document, prune);
    }
}
