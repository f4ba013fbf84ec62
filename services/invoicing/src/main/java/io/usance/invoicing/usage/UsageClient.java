package io.usance.invoicing.usage;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageAnswer;
import io.usance.contracts.usage.UsageQuestion;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The internal door of the ingestion service. */
@RegisterRestClient(configKey = "ingestion")
@Path("/internal/usage")
interface UsageClient {
    @POST
    Uni<UsageAnswer> totals(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, UsageQuestion question);
}
