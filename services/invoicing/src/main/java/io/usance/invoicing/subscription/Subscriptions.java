package io.usance.invoicing.subscription;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.subscription.Customer;
import io.usance.contracts.subscription.CustomerSubscriptions;
import io.usance.invoicing.customer.KnownCustomers;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;

/** A customer with its subscriptions: fresh from their owner, or, when it does not answer, as last heard. */
@ApplicationScoped
public class Subscriptions {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    @Inject
    SubscriptionOwner owner;

    @Inject
    LastHeard lastHeard;

    /**
     * Fails with a 404 problem when there is no such customer in the namespace, and with a 503 problem when the owner does
     * not answer and nothing was heard of the customer yet.
     */
    public Uni<CustomerSubscriptions> of(String namespace, String customerId, String bearer) {
        return owner.ask(bearer, customerId)
                .onFailure()
                .recoverWithUni(failure -> isNotFound(failure)
                        ? Uni.createFrom().failure(Problems.notFound("customer", customerId))
                        : fallBack(namespace, customerId, failure));
    }

    private Uni<CustomerSubscriptions> fallBack(String namespace, String customerId, Throwable failure) {
        Log.warnf("subscription service did not answer, used what was last heard cause=%s", failure);
        return lastHeard.of(namespace, customerId);
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof WebApplicationException refusal
                && refusal.getResponse().getStatus() == 404;
    }

    /** The projection of the topic. */
    @ApplicationScoped
    static class LastHeard {
        @Inject
        KnownCustomers customers;

        @Inject
        KnownSubscriptions subscriptions;

        @WithSession
        Uni<CustomerSubscriptions> of(String namespace, String customerId) {
            return customers
                    .find(namespace, customerId)
                    .onItem()
                    .ifNull()
                    .failWith(() -> Problems.unavailable("customers cannot be read at the moment", RETRY_AFTER))
                    .map(known -> known.orElseThrow(() -> Problems.notFound("customer", customerId)))
                    .chain(customer -> withSubscriptions(namespace, customer));
        }

        private Uni<CustomerSubscriptions> withSubscriptions(String namespace, Customer customer) {
            return subscriptions
                    .ofCustomer(namespace, customer.id())
                    .map(found -> new CustomerSubscriptions(customer, found));
        }
    }
}
