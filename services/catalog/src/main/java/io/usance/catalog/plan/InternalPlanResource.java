package io.usance.catalog.plan;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Plan;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestQuery;

/** For the subscription service, which asks what is being subscribed to. */
@Path("/internal/plans")
class InternalPlanResource {
    @Inject
    Caller caller;

    @Inject
    PlanQueries plans;

    @GET
    @Path("resolve")
    @Authenticated
    public Uni<Plan> resolve(@RestQuery String id, @RestQuery String key, @RestQuery Integer version) {
        if ((id == null) == (key == null)) {
            throw Problems.invalid(
                    InvalidParameter.query("id", "dependent_fields", "give an id or a key, one of the two"));
        }
        return id != null
                ? plans.subscribableById(caller.namespace(), id)
                : plans.subscribableByKey(caller.namespace(), key, version);
    }
}
