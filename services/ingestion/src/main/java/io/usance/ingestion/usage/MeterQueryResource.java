package io.usance.ingestion.usage;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.access.Roles;
import io.usance.ingestion.total.CatchUp;
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
    /** There while the meter's totals are not complete. */
    static final String TOTALS = "Usance-Totals";

    @Inject
    Caller caller;

    @Inject
    QueryUsage queryUsage;

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<MeterQueryResult>> json(@PathParam("meterId") String meterId, MeterQueryRequest request) {
        return queryUsage
                .query(caller.namespace(), caller.bearer(), meterId, request)
                .map(table -> answer(table, MeterQueryResult.of(table), MediaType.APPLICATION_JSON));
    }

    /** Only for who asks for it by name: JSON is what everybody else gets. */
    @POST
    @Produces("text/csv;qs=0.5")
    public Uni<RestResponse<String>> csv(@PathParam("meterId") String meterId, MeterQueryRequest request) {
        return queryUsage
                .query(caller.namespace(), caller.bearer(), meterId, request)
                .map(table -> answer(table, UsageCsv.of(table), UsageCsv.MEDIA_TYPE));
    }

    private static <T> RestResponse<T> answer(UsageTable table, T body, String mediaType) {
        ResponseBuilder<T> response = ResponseBuilder.ok(body, mediaType);
        table.catchUp().ifPresent(catchUp -> response.header(TOTALS, "catching-up" + counted(catchUp)));
        return response.build();
    }

    private static String counted(CatchUp catchUp) {
        return catchUp.counted().map(part -> ";counted=" + part.toPlainString()).orElse("");
    }
}
