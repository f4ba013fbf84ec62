package io.usance.ingestion.usage;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.FeatureCost;
import io.usance.contracts.catalog.LlmPriceHistory;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Collection;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

/** The internal door of the catalog service for costs. */
@RegisterRestClient(configKey = "catalog")
@Path("/internal")
interface FeatureCostClient {
    @GET
    @Path("features/{id}/cost")
    Uni<FeatureCost> feature(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, @PathParam("id") String id);

    /** Of any provider or model where none is given. */
    @GET
    @Path("llm-prices/history")
    Uni<LlmPriceHistory> prices(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @RestQuery("provider") Collection<String> providers,
            @RestQuery("model") Collection<String> models);
}
