package io.usance.invoicing.subscription;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.CustomerSubscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks the owner of subscriptions, within a deadline, and not while it is known to be away. */
@ApplicationScoped
class SubscriptionOwner {
    @Inject
    @RestClient
    SubscriptionClient client;

    /** Fails with {@link WebApplicationException} when the owner refused, with anything else when it did not answer. */
    @Timeout(2_000)
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = WebApplicationException.class)
    @CircuitBreakerName("subscription-owner")
    Uni<CustomerSubscriptions> ask(String bearer, String customerId) {
        return client.subscriptions(bearer, customerId);
    }
}
