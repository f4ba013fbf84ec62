package io.usance.ingestion.usage;

import io.quarkus.logging.Log;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.FeatureCost;
import io.usance.contracts.catalog.LlmPriceHistory;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What features and tokens cost, from the service that knows it: no copy of it is kept. */
@ApplicationScoped
class FeatureCosts {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** As many as one question to the owner may name. */
    private static final int NAMES_MAX = 100;

    @Inject
    Owner owner;

    /** Fails with a problem: 404 when there is no such feature, 503 when its owner is away. */
    Uni<FeatureCost> of(String bearer, String featureId) {
        return Ids.isUlid(featureId)
                ? owner.feature(bearer, featureId).onFailure().transform(failure -> refusal(featureId, failure))
                : Uni.createFrom().failure(Problems.notFound("feature", featureId));
    }

    /** Every price of at least these models; fails with a 503 problem when its owner is away. */
    Uni<LlmPriceHistory> prices(String bearer, Set<String> providers, Set<String> models) {
        return owner.prices(bearer, named(providers), named(models))
                .onFailure()
                .transform(failure -> unavailable("prices of language models", failure));
    }

    private static List<String> named(Set<String> names) {
        return names.size() > NAMES_MAX ? List.of() : List.copyOf(names);
    }

    private static Throwable refusal(String featureId, Throwable failure) {
        return failure instanceof WebApplicationException refused
                        && refused.getResponse().getStatus() == 404
                ? Problems.notFound("feature", featureId)
                : unavailable("feature " + featureId, failure);
    }

    private static Throwable unavailable(String what, Throwable failure) {
        Log.warnf("catalog did not answer what=%s cause=%s", what, failure);
        return Problems.unavailable("the service that knows what features cost does not answer", RETRY_AFTER);
    }

    /** Asks within a deadline, and not while the owner is known to be away. */
    @ApplicationScoped
    static class Owner {
        @Inject
        @RestClient
        FeatureCostClient client;

        @Timeout(2_000)
        @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = WebApplicationException.class)
        @CircuitBreakerName("feature-owner")
        Uni<FeatureCost> feature(String bearer, String featureId) {
            return client.feature(bearer, featureId);
        }

        @Timeout(2_000)
        @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = WebApplicationException.class)
        @CircuitBreakerName("llm-price-owner")
        Uni<LlmPriceHistory> prices(String bearer, List<String> providers, List<String> models) {
            return client.prices(bearer, providers, models);
        }
    }
}
