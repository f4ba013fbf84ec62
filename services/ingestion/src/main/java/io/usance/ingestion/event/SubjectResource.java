package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.list.CursorPage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

@Path("/v3/openmeter/subjects")
@RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER})
class SubjectResource {
    @Inject
    Caller caller;

    @Inject
    SubjectQueries subjects;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<CursorPage<SubjectView>> list(@Context UriInfo uri) {
        return subjects.list(caller.namespace(), uri);
    }
}
