package io.usance.ingestion.usage;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.runtime.identity.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

@Path("/v3/openmeter/meters/{meterId}/query")
@RolesAllowed({Roles.ADMIN, Roles.METER_ADMIN, Roles.METERING_VIEWER})
@Consumes(MediaType.APPLICATION_JSON)
class MeterQueryResource {
    @Inject
    Caller caller;

    @Inject
    QueryUsage queryUsage;

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<MeterQueryResult> json(@PathParam("meterId") String meterId, MeterQueryRequest request) {
        return queryUsage
                .query(caller.namespace(), caller.bearer(), meterId, request)
                .map(MeterQueryResult::of);
    }

    /** Only for who asks for it by name: JSON is what everybody else gets. */
    @POST
    @Produces("text/csv;qs=0.5")
    public Uni<RestResponse<String>> csv(@PathParam("meterId") String meterId, MeterQueryRequest request) {
        return queryUsage
                .query(caller.namespace(), caller.bearer(), meterId, request)
                .map(table -> ResponseBuilder.ok(UsageCsv.of(table), UsageCsv.MEDIA_TYPE)
                        .build());
    }
}
