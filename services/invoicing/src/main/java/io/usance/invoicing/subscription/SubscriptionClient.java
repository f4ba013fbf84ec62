package io.usance.invoicing.subscription;

import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.CustomerSubscriptions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The internal door of the subscription service. */
@RegisterRestClient(configKey = "subscription")
@Path("/internal/customers")
interface SubscriptionClient {
    @GET
    @Path("{id}/subscriptions")
    Uni<CustomerSubscriptions> subscriptions(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, @PathParam("id") String customerId);
}
