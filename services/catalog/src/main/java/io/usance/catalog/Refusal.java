package io.usance.catalog;

import io.usance.catalog.model.Violation;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import io.usance.runtime.problem.ValidationError;
import java.util.List;

/** Answers broken rules of the catalog. */
public final class Refusal {
    /** 400 with every violation. */
    public static ProblemException of(List<Violation> violations) {
        return Problems.refused(
                ProblemType.BAD_REQUEST,
                violations.stream()
                        .map(violation -> new ValidationError(
                                violation.code(), violation.message(), violation.field(), violation.attributes()))
                        .toList());
    }

    public static ProblemException of(Violation violation) {
        return of(List.of(violation));
    }

    /** @throws ProblemException 400 with every violation, if there is one */
    public static void unless(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw of(violations);
        }
    }

    private Refusal() {}
}
