package io.usance.catalog.template;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/v3/openmeter/meter-templates")
@Produces(MediaType.APPLICATION_JSON)
class MeterTemplateResource {
    @Inject
    MeterTemplates templates;

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER})
    public Uni<MeterTemplate.All> list() {
        return Uni.createFrom().item(templates.all());
    }
}
