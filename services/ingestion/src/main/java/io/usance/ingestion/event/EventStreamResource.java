package io.usance.ingestion.event;

import io.smallrye.mutiny.Multi;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

@Path(EventResource.PATH + "/stream")
@RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER})
class EventStreamResource {
    @Inject
    Caller caller;

    @Inject
    StreamEvents streamEvents;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> follow(@Context UriInfo uri, @Context Sse sse, @Context HttpServerRequest request) {
        Multi<OutboundSseEvent> events = streamEvents.of(caller.namespace(), uri, sse);
        request.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // Some ingresses collect an answer before they pass it on.
                .putHeader("X-Accel-Buffering", "no");
        return events;
    }
}
