package io.usance.catalog.llm;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.LlmPriceHistory;
import io.usance.runtime.identity.Caller;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** For whoever puts a cost on usage, and needs the prices of the time of each. */
@Path("/internal/llm-prices")
class InternalLlmPriceResource {
    private static final int VALUES_MAX = 100;

    @Inject
    Caller caller;

    @Inject
    LlmPriceQueries prices;

    /** Without providers and models all; the answer holds at most the price book and the tenant's overrides. */
    @GET
    @Path("history")
    @Authenticated
    public Uni<LlmPriceHistory> history(@RestQuery List<String> provider, @RestQuery List<String> model) {
        refuseTooMany("provider", provider);
        refuseTooMany("model", model);
        return prices.history(caller.namespace(), provider, model);
    }

    private static void refuseTooMany(String name, List<String> values) {
        if (values.size() > VALUES_MAX) {
            throw Problems.invalid(
                    InvalidParameter.query(name, "max_items", "must be given at most " + VALUES_MAX + " times")
                            .withMaximum(VALUES_MAX));
        }
    }
}
