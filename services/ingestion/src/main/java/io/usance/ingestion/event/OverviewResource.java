package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

@Path(EventResource.PATH + "/overview")
@RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER})
class OverviewResource {
    @Inject
    Caller caller;

    @Inject
    Overview overview;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<OverviewView> get(@QueryParam("from") String from, @QueryParam("to") String to) {
        return overview.of(caller.namespace(), from, to);
    }
}
