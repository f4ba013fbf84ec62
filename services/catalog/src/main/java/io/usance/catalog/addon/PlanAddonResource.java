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

@Path("/v3/openmeter/plans/{planId}/addons")
@Produces(MediaType.APPLICATION_JSON)
class PlanAddonResource {
    @Inject
    Caller caller;

    @Inject
    AttachAddon attachAddon;

    @Inject
    UpdatePlanAddon updatePlanAddon;

    @Inject
    DetachAddon detachAddon;

    @Inject
    PlanAddonQueries planAddons;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<PlanAddonView> attach(String planId, CreatePlanAddonRequest request) {
        return attachAddon.attach(caller.namespace(), planId, request);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<Page<PlanAddonView>> list(String planId, @Context UriInfo uri) {
        return planAddons.list(caller.namespace(), planId, PlanAddonRepository.LIST.parse(uri));
    }

    @GET
    @Path("{planAddonId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<PlanAddonView> get(String planId, String planAddonId) {
        return planAddons.get(caller.namespace(), planId, planAddonId);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("{planAddonId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<PlanAddonView> update(String planId, String planAddonId, UpdatePlanAddonRequest request) {
        return updatePlanAddon.update(caller.namespace(), planId, planAddonId, request);
    }

    @DELETE
    @Path("{planAddonId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<Void> detach(String planId, String planAddonId) {
        return detachAddon.detach(caller.namespace(), planId, planAddonId);
    }
}
