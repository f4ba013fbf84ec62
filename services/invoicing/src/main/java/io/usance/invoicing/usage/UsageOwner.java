package io.usance.invoicing.usage;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageAnswer;
import io.usance.contracts.usage.UsageQuestion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks the owner of usage, within a deadline, and not while it is known to be away. */
@ApplicationScoped
class UsageOwner {
    @Inject
    @RestClient
    UsageClient client;

    /** Fails with {@link WebApplicationException} when the owner refused, with anything else when it did not answer. */
    @Timeout(8_000)
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = WebApplicationException.class)
    @CircuitBreakerName("usage-owner")
    Uni<UsageAnswer> ask(String bearer, UsageQuestion question) {
        return client.totals(bearer, question);
    }
}
