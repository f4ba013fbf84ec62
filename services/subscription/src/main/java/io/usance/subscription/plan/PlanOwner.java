package io.usance.subscription.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Plan;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.problem.ValidationError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks catalog, which owns the plans, on the caller's behalf. */
@ApplicationScoped
class PlanOwner {
    @Inject
    @RestClient
    CatalogPlans catalog;

    @Inject
    Caller caller;

    @Inject
    ObjectMapper json;

    /**
     * The plan version that is wanted and can be subscribed to. Fails with a {@link ProblemException} when catalog says that
     * there is none, and with anything else when catalog does not answer.
     */
    @Timeout(2_000)
    @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = 2_000, skipOn = ProblemException.class)
    Uni<Plan> resolve(PlanReference wanted) {
        return catalog.resolve(caller.bearer(), wanted.id(), wanted.key(), wanted.version())
                .onFailure(WebApplicationException.class)
                .transform(failure -> answer(wanted, (WebApplicationException) failure));
    }

    private Throwable answer(PlanReference wanted, WebApplicationException failure) {
        return switch (failure.getResponse().getStatus()) {
            case 404 -> Problems.plain(ProblemType.NOT_FOUND, reason(failure, "there is no plan " + wanted));
            case 409 ->
                Problems.refused(
                        ProblemType.BAD_REQUEST,
                        new ValidationError(
                                "plan_invalid_status",
                                reason(failure, "plan %s cannot be subscribed to".formatted(wanted)),
                                "plan"));
            default -> failure;
        };
    }

    /** What catalog's problem says, if it says something. */
    private String reason(WebApplicationException failure, String unsaid) {
        try {
            return json.readTree(failure.getResponse().readEntity(String.class))
                    .path("detail")
                    .asText(unsaid);
        } catch (JsonProcessingException unreadable) {
            return unsaid;
        }
    }
}
