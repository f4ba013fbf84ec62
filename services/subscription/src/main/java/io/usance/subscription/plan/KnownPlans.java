package io.usance.subscription.plan;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.Plan;
import io.usance.contracts.catalog.PlanArchived;
import io.usance.contracts.catalog.PlanPublished;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.problem.ValidationError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The plans that catalog's events have told of. */
@ApplicationScoped
class KnownPlans {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @Inject
    KnownPlanRepository plans;

    @Inject
    Clock clock;

    /**
     * The newest of the wanted versions that is in effect. Fails with 400 when none of them is, and with 503 when none has been
     * heard of: its event may be under way.
     */
    @WithSession
    Uni<Plan> resolve(String namespace, PlanReference wanted) {
        Instant now = clock.instant();
        return plans.published(namespace, wanted).map(versions -> inEffect(versions, wanted, now));
    }

    /** To be called within the transaction that takes the event. */
    Uni<Void> published(String namespace, PlanPublished event, long sequence) {
        return plans.lockOrCreate(namespace, event.plan().id())
                .invoke(row -> row.published(event.plan(), sequence))
                .replaceWithVoid();
    }

    /** To be called within the transaction that takes the event. */
    Uni<Void> archived(String namespace, PlanArchived event, long sequence) {
        return plans.lockOrCreate(namespace, event.planId())
                .invoke(row -> row.archived(event.archivedAt(), sequence))
                .replaceWithVoid();
    }

    private static Plan inEffect(List<KnownPlanRow> versions, PlanReference wanted, Instant now) {
        if (versions.isEmpty()) {
            throw Problems.unavailable(
                    "the catalog does not answer and has not told of plan " + wanted + " yet", RETRY_AFTER);
        }
        return versions.stream()
                .filter(row -> row.isEffectiveAt(now))
                .findFirst()
                .orElseThrow(() -> Problems.refused(
                        ProblemType.BAD_REQUEST,
                        new ValidationError(
                                "plan_invalid_status",
                                "plan %s cannot be subscribed to: no version of it is in effect".formatted(wanted),
                                "plan")))
                .plan;
    }
}
