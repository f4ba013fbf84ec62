package io.usance.ingestion.event;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.list.CursorPage;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path(EventResource.PATH)
class EventResource {
    static final String PATH = "/v3/openmeter/events";

    @Inject
    Caller caller;

    @Inject
    AcceptEvents acceptEvents;

    @Inject
    EventQueries events;

    /** Takes any media type here, so that a wrong one is refused with the names of the right ones. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @ResponseStatus(202)
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.INGEST})
    public Uni<Void> ingest(@Context HttpServerRequest request, byte[] body) {
        return acceptEvents.accept(
                caller.namespace(), EventFormat.of(request.headers().getAll(HttpHeaders.CONTENT_TYPE)), body);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER})
    public Uni<CursorPage<IngestedEventView>> list(@Context UriInfo uri) {
        return events.list(caller.namespace(), caller.bearer(), uri);
    }
}
