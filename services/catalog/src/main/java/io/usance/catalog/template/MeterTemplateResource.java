package io.usance.catalog.template;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/v3/openmeter/meter-templates")
@Produces(MediaType.APPLICATION_JSON)
class MeterTemplateResource {
    @Inject
    Caller caller;

    @Inject
    MeterTemplates templates;

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER})
    public Uni<MeterTemplate.All> list() {
        return templates.all(caller.namespace());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN})
    public Uni<MeterTemplate> create(CreateMeterTemplateRequest request) {
        return templates.create(caller.namespace(), request);
    }

    @DELETE
    @Path("{templateId}")
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN})
    public Uni<Void> delete(@PathParam("templateId") String templateId) {
        return templates.delete(caller.namespace(), templateId);
    }
}
