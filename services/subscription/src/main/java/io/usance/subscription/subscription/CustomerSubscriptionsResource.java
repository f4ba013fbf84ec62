package io.usance.subscription.subscription;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.CustomerSubscriptions;
import io.usance.runtime.identity.Caller;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Tells invoicing what a customer may have to pay for. */
@Path("/internal/customers/{customerId}/subscriptions")
@Authenticated
class CustomerSubscriptionsResource {
    @Inject
    Caller caller;

    @Inject
    SubscriptionQueries subscriptions;

    @GET
    public Uni<CustomerSubscriptions> get(String customerId) {
        return subscriptions.ofCustomer(caller.namespace(), customerId);
    }
}
