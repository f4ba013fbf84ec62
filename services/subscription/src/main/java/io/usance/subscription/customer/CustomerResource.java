package io.usance.subscription.customer;

import static io.usance.contracts.access.Roles.ADMIN;
import static io.usance.contracts.access.Roles.BILLING_ADMIN;
import static io.usance.contracts.access.Roles.BILLING_VIEWER;

import io.smallrye.mutiny.Uni;
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

@Path("/v3/openmeter/customers")
@Produces(MediaType.APPLICATION_JSON)
class CustomerResource {
    @Inject
    Caller caller;

    @Inject
    CreateCustomer createCustomer;

    @Inject
    UpsertCustomer upsertCustomer;

    @Inject
    DeleteCustomer deleteCustomer;

    @Inject
    CustomerQueries customers;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({ADMIN, BILLING_ADMIN})
    public Uni<CustomerView> create(CreateCustomerRequest request) {
        return createCustomer.create(caller.namespace(), request);
    }

    @GET
    @RolesAllowed({ADMIN, BILLING_ADMIN, BILLING_VIEWER})
    public Uni<Page<CustomerView>> list(@Context UriInfo uri) {
        return customers.list(caller.namespace(), uri);
    }

    @GET
    @Path("{customerId}")
    @RolesAllowed({ADMIN, BILLING_ADMIN, BILLING_VIEWER})
    public Uni<CustomerView> get(String customerId) {
        return customers.get(caller.namespace(), customerId);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("{customerId}")
    @RolesAllowed({ADMIN, BILLING_ADMIN})
    public Uni<CustomerView> upsert(String customerId, UpsertCustomerRequest request) {
        return upsertCustomer.upsert(caller.namespace(), customerId, request);
    }

    @DELETE
    @Path("{customerId}")
    @RolesAllowed({ADMIN, BILLING_ADMIN})
    public Uni<Void> delete(String customerId) {
        return deleteCustomer.delete(caller.namespace(), customerId);
    }
}
