package io.usance.catalog.addon;

import io.usance.catalog.Refusal;
import io.usance.catalog.addon.model.AddonStatus;
import io.usance.catalog.addon.model.AddonTerms;
import io.usance.catalog.model.Violation;
import io.usance.runtime.problem.ProblemException;
import java.time.Instant;
import java.util.function.Predicate;

/** Refuses what a version's status does not allow. */
final class AddonTransitions {
    static final String INVALID_STATUS = "addon_invalid_status";
    static final String INVALID_STATUS_FOR_PUBLISH = "addon_invalid_status_for_publish";

    /**
     * @param code of the refusal
     * @param verb past participle for a person, e.g. {@code published}
     * @throws ProblemException 400 unless {@code row} is living and its status is {@code allowed}
     */
    static void require(AddonRow row, Instant now, Predicate<AddonStatus> allowed, String code, String verb) {
        AddonTerms addon = row.toTerms(now);
        if (addon.isDeleted() || !allowed.test(addon.status())) {
            throw Refusal.of(new Violation(
                    code, "%s is %s and cannot be %s".formatted(addon.title(), addon.state(), verb), "status"));
        }
    }

    private AddonTransitions() {}
}
