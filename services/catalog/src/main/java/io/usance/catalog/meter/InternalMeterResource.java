package io.usance.catalog.meter;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Meter;
import io.usance.runtime.identity.Caller;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** For other services, whose projection does not know a meter yet. */
@Path("/internal/meters")
class InternalMeterResource {
    @Inject
    Caller caller;

    @Inject
    MeterQueries meters;

    @GET
    @Path("{meterId}")
    @Authenticated
    public Uni<Meter> get(String meterId) {
        return meters.contract(caller.namespace(), meterId);
    }
}
