package io.usance.catalog.addon;

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

@Path("/v3/openmeter/addons")
@Produces(MediaType.APPLICATION_JSON)
class AddonResource {
    @Inject
    Caller caller;

    @Inject
    CreateAddon createAddon;

    @Inject
    UpdateAddon updateAddon;

    @Inject
    PublishAddon publishAddon;

    @Inject
    ArchiveAddon archiveAddon;

    @Inject
    DeleteAddon deleteAddon;

    @Inject
    AddonQueries addons;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<AddonView> create(CreateAddonRequest request) {
        return createAddon.create(caller.namespace(), request);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<Page<AddonView>> list(@Context UriInfo uri) {
        return addons.list(caller.namespace(), AddonRepository.LIST.parse(uri));
    }

    @GET
    @Path("{addonId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<AddonView> get(String addonId) {
        return addons.get(caller.namespace(), addonId);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("{addonId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<AddonView> update(String addonId, UpdateAddonRequest request) {
        return updateAddon.update(caller.namespace(), addonId, request);
    }

    @DELETE
    @Path("{addonId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<Void> delete(String addonId) {
        return deleteAddon.delete(caller.namespace(), addonId);
    }

    @POST
    @Path("{addonId}/publish")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<AddonView> publish(String addonId) {
        return publishAddon.publish(caller.namespace(), addonId);
    }

    @POST
    @Path("{addonId}/archive")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<AddonView> archive(String addonId) {
        return archiveAddon.archive(caller.namespace(), addonId);
    }
}
