package io.usance.invoicing.usage;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageAnswer;
import io.usance.contracts.usage.UsageQuestion;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** How much was used. There is no second source: without an answer there is no amount. */
@ApplicationScoped
public class Usage {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    @Inject
    UsageOwner owner;

    @Inject
    Clock clock;

    /**
     * One quantity for each line, in their order.
     *
     * @param lines may be empty; then nobody is asked
     * @return fails with a 503 problem when the owner does not answer
     */
    public Uni<UsageAnswer> totals(String bearer, List<UsageQuestion.Line> lines) {
        if (lines.isEmpty()) {
            return Uni.createFrom().item(new UsageAnswer(clock.instant(), List.of()));
        }
        return owner.ask(bearer, new UsageQuestion(lines)).onFailure().transform(failure -> {
            Log.warnf("usage was not to be had cause=%s", failure);
            return Problems.unavailable("usage cannot be read at the moment", RETRY_AFTER);
        });
    }
}
