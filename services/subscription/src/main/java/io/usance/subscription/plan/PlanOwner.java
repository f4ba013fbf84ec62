package io.usance.subscription.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            case 404 -> Problems.notFound("plan", wanted.toString());
            case 400, 409, 410, 422 -> refusal(wanted, failure);
            default -> failure;
        };
    }

    private ProblemException refusal(PlanReference wanted, WebApplicationException failure) {
        List<ValidationError> errors = new ArrayList<>();
        for (JsonNode error : body(failure).path("extensions").path("validationErrors")) {
            errors.add(validationError(error));
        }
        if (errors.isEmpty()) {
            errors.add(new ValidationError(
                    "plan_invalid_status", "plan %s cannot be subscribed to".formatted(wanted), "plan"));
        }
        return Problems.refused(ProblemType.BAD_REQUEST, errors);
    }

    private ValidationError validationError(JsonNode error) {
        Map<String, Object> attributes = json.convertValue(error, new TypeReference<>() {});
        String code = String.valueOf(attributes.remove("code"));
        String message = String.valueOf(attributes.remove("message"));
        String field = Optional.ofNullable(attributes.remove("field"))
                .map(Object::toString)
                .orElse("plan");
        return new ValidationError(code, message, field, attributes);
    }

    private JsonNode body(WebApplicationException failure) {
        try {
            return json.readTree(failure.getResponse().readEntity(String.class));
        } catch (JsonProcessingException unreadable) {
            return json.createObjectNode();
        }
    }
}
