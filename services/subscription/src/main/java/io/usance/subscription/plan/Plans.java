package io.usance.subscription.plan;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Plan;
import io.usance.runtime.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Which plan version to subscribe to. Catalog is asked first, so that a plan can be subscribed to in the breath after it was
 * published; what its events have told answers while it does not.
 */
@ApplicationScoped
public class Plans {
    @Inject
    PlanOwner owner;

    @Inject
    KnownPlans known;

    /**
     * The wanted plan version, which can be subscribed to now. Fails with 404 when there is none, with 400 when its status does
     * not allow it, and with 503 when catalog does not answer and has not told of it before.
     */
    public Uni<Plan> resolve(String namespace, PlanReference wanted) {
        return owner.resolve(wanted)
                .onFailure(failure -> !(failure instanceof ProblemException))
                .recoverWithUni(failure -> {
                    Log.warnf("catalog did not answer plan=%s cause=%s", wanted, failure);
                    return known.resolve(namespace, wanted);
                });
    }
}
