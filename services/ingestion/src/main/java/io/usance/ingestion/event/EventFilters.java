package io.usance.ingestion.event;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** What is looked at in a request with events before its body is read. */
class EventFilters {
    @Inject
    Intake intake;

    /** A Content-Type that is not even a media type is answered like any other wrong one, and not by the framework's 415. */
    @ServerRequestFilter(preMatching = true)
    public void check(ContainerRequestContext request, RoutingContext routing) {
        if (!request.getUriInfo().getPath().equals(EventResource.PATH)) {
            return;
        }
        String contentType = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (contentType != null) {
            demandMediaType(contentType);
        }
        if (request.getMethod().equals(HttpMethod.POST)) {
            intake.admit(routing);
        }
    }

    private static void demandMediaType(String contentType) {
        try {
            MediaType.valueOf(contentType);
        } catch (IllegalArgumentException malformed) {
            EventFormat.of(List.of(contentType));
        }
    }
}
