package io.usance.subscription.customer;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.Customer;
import io.usance.runtime.identity.Caller;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Answers other services that have not heard of a customer yet. */
@Path("/internal/customers")
@Authenticated
class InternalCustomerResource {
    @Inject
    Caller caller;

    @Inject
    CustomerQueries customers;

    @GET
    @Path("{customerId}")
    public Uni<Customer> get(String customerId) {
        return customers.living(caller.namespace(), customerId);
    }
}
