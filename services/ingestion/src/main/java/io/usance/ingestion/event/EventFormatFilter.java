package io.usance.ingestion.event;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** A Content-Type that is not even a media type is answered like any other wrong one, and not by the framework's 415. */
class EventFormatFilter {
    @ServerRequestFilter(preMatching = true)
    public void check(ContainerRequestContext request) {
        String contentType = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (contentType == null || !request.getUriInfo().getPath().equals(EventResource.PATH)) {
            return;
        }
        try {
            MediaType.valueOf(contentType);
        } catch (IllegalArgumentException malformed) {
            EventFormat.of(List.of(contentType));
        }
    }
}
