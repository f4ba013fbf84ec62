package io.usance.catalog.plan;

import io.usance.catalog.Refusal;
import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.model.PlanStatus;
import io.usance.runtime.problem.ProblemException;
import java.time.Instant;
import java.util.function.Predicate;

/** Refuses what a version's status does not allow. */
final class PlanTransitions {
    /**
     * @param verb past participle for a person, e.g. {@code published}
     * @throws ProblemException 400 unless {@code row} is living and its status is {@code allowed}
     */
    static void require(PlanRow row, Instant now, Predicate<PlanStatus> allowed, String verb) {
        PlanStatus status = row.status(now);
        if (row.deletedAt != null || !allowed.test(status)) {
            throw Refusal.of(new Violation(
                    "plan_invalid_status",
                    "%s is %s and cannot be %s"
                            .formatted(row.title(), row.deletedAt == null ? status.wireName() : "deleted", verb),
                    "status"));
        }
    }

    private PlanTransitions() {}
}
