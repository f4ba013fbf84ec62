package io.usance.catalog.meter;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.list.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/v3/openmeter/meters")
@Produces(MediaType.APPLICATION_JSON)
class MeterResource {
    @Inject
    Caller caller;

    @Inject
    CreateMeter createMeter;

    @Inject
    UpdateMeter updateMeter;

    @Inject
    DeleteMeter deleteMeter;

    @Inject
    MeterQueries meters;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN})
    public Uni<MeterView> create(CreateMeterRequest request) {
        return createMeter.create(caller.namespace(), request);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER})
    public Uni<Page<MeterView>> list(@Context UriInfo uri) {
        return meters.list(caller.namespace(), MeterRepository.LIST.parse(uri));
    }

    @GET
    @Path("{meterId}")
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER})
    public Uni<MeterView> get(String meterId) {
        return meters.get(caller.namespace(), meterId);
    }

    @PUT
    @Path("{meterId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN})
    public Uni<MeterView> update(String meterId, UpdateMeterRequest request) {
        return updateMeter.update(caller.namespace(), meterId, request);
    }

    @DELETE
    @Path("{meterId}")
    @RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN})
    public Uni<Void> delete(String meterId) {
        return deleteMeter.delete(caller.namespace(), meterId);
    }
}
