package io.usance.catalog.plan;

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

@Path("/v3/openmeter/plans")
@Produces(MediaType.APPLICATION_JSON)
class PlanResource {
    @Inject
    Caller caller;

    @Inject
    CreatePlan createPlan;

    @Inject
    UpdatePlan updatePlan;

    @Inject
    PublishPlan publishPlan;

    @Inject
    ArchivePlan archivePlan;

    @Inject
    DeletePlan deletePlan;

    @Inject
    PlanQueries plans;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<PlanView> create(CreatePlanRequest request) {
        return createPlan.create(caller.namespace(), request);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<Page<PlanView>> list(@Context UriInfo uri) {
        return plans.list(caller.namespace(), PlanRepository.LIST.parse(uri));
    }

    @GET
    @Path("{planId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN, Roles.PRODUCT_CATALOG_VIEWER})
    public Uni<PlanView> get(String planId) {
        return plans.get(caller.namespace(), planId);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("{planId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<PlanView> update(String planId, UpdatePlanRequest request) {
        return updatePlan.update(caller.namespace(), planId, request);
    }

    @DELETE
    @Path("{planId}")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<Void> delete(String planId) {
        return deletePlan.delete(caller.namespace(), planId);
    }

    @POST
    @Path("{planId}/publish")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<PlanView> publish(String planId) {
        return publishPlan.publish(caller.namespace(), planId);
    }

    @POST
    @Path("{planId}/archive")
    @RolesAllowed({Roles.ADMIN, Roles.PRODUCT_CATALOG_ADMIN})
    public Uni<PlanView> archive(String planId) {
        return archivePlan.archive(caller.namespace(), planId);
    }
}
