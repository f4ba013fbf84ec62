package io.usance.subscription.subscription;

import static io.usance.contracts.access.Roles.ADMIN;
import static io.usance.contracts.access.Roles.BILLING_ADMIN;
import static io.usance.contracts.access.Roles.BILLING_VIEWER;

import io.smallrye.mutiny.Uni;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.list.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/v3/openmeter/subscriptions")
@Produces(MediaType.APPLICATION_JSON)
class SubscriptionResource {
    @Inject
    Caller caller;

    @Inject
    CreateSubscription createSubscription;

    @Inject
    CancelSubscription cancelSubscription;

    @Inject
    UnscheduleCancelation unscheduleCancelation;

    @Inject
    SubscriptionQueries subscriptions;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @RolesAllowed({ADMIN, BILLING_ADMIN})
    public Uni<SubscriptionView> create(CreateSubscriptionRequest request) {
        return createSubscription.create(caller.namespace(), request);
    }

    @GET
    @RolesAllowed({ADMIN, BILLING_ADMIN, BILLING_VIEWER})
    public Uni<Page<SubscriptionView>> list(@Context UriInfo uri) {
        return subscriptions.list(caller.namespace(), uri);
    }

    @GET
    @Path("{subscriptionId}")
    @RolesAllowed({ADMIN, BILLING_ADMIN, BILLING_VIEWER})
    public Uni<SubscriptionView> get(String subscriptionId) {
        return subscriptions.get(caller.namespace(), subscriptionId);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("{subscriptionId}/cancel")
    @RolesAllowed({ADMIN, BILLING_ADMIN})
    public Uni<SubscriptionView> cancel(String subscriptionId, CancelSubscriptionRequest request) {
        return cancelSubscription.cancel(caller.namespace(), subscriptionId, request);
    }

    @POST
    @Path("{subscriptionId}/unschedule-cancelation")
    @RolesAllowed({ADMIN, BILLING_ADMIN})
    public Uni<SubscriptionView> unscheduleCancelation(String subscriptionId) {
        return unscheduleCancelation.unschedule(caller.namespace(), subscriptionId);
    }
}
