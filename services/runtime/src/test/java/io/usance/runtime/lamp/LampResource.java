package io.usance.runtime.lamp;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

/** The way in by HTTP, for what begins with a request. */
@Path("/lamps/{namespace}/{id}/{color}")
public class LampResource {
    @Inject
    Lamps lamps;

    @PUT
    @PermitAll
    public Uni<Void> recolor(String namespace, String id, String color) {
        return lamps.recolor(namespace, id, color);
    }
}
