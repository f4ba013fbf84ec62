package io.usance.catalog.plan;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.feature.FeatureLookup;
import io.usance.catalog.feature.KnownFeature;
import io.usance.catalog.plan.model.PlanStatus;
import io.usance.contracts.catalog.Plan;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.Page;
import io.usance.runtime.problem.ProblemType;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

@ApplicationScoped
class PlanQueries {
    @Inject
    PlanRepository plans;

    @Inject
    PlanViews views;

    @Inject
    FeatureLookup features;

    @Inject
    Clock clock;

    @WithSession
    Uni<Page<PlanView>> list(String namespace, ListRequest request) {
        return plans.list(namespace, request, clock.instant())
                .chain(page -> views.of(namespace, page.data()).map(data -> new Page<>(data, page.meta())));
    }

    /** Deleted ones too, with the time at which they were. */
    @WithSession
    Uni<PlanView> get(String namespace, String id) {
        return plans.get(namespace, id).chain(views::of);
    }

    /** The version with that id; fails with 404 when there is none and 409 when it cannot be subscribed to now. */
    @WithSession
    Uni<Plan> subscribableById(String namespace, String id) {
        return plans.get(namespace, id).chain(this::subscribable);
    }

    /**
     * The version of a plan that can be subscribed to now; fails with 404 when there is no such plan or version and 409
     * when it cannot be subscribed to.
     *
     * @param version null for the one in force
     */
    @WithSession
    Uni<Plan> subscribableByKey(String namespace, String key, Integer version) {
        Instant now = clock.instant();
        return plans.versions(namespace, key)
                .map(rows -> choose(rows, key, version, now))
                .chain(this::subscribable);
    }

    private static PlanRow choose(List<PlanRow> rows, String key, Integer version, Instant now) {
        if (rows.isEmpty()) {
            throw Problems.plain(ProblemType.NOT_FOUND, "no plan with key %s".formatted(key));
        }
        if (version == null) {
            return rows.stream()
                    .filter(row -> row.status(now) == PlanStatus.ACTIVE)
                    .findFirst()
                    .orElseThrow(() -> Problems.conflict(
                            "plan %s has no active version: its last version, %d, is %s",
                            key,
                            rows.getFirst().version,
                            rows.getFirst().status(now).wireName()));
        }
        return rows.stream()
                .filter(row -> row.version == version)
                .findFirst()
                .orElseThrow(() ->
                        Problems.plain(ProblemType.NOT_FOUND, "plan %s has no version %d".formatted(key, version)));
    }

    private Uni<Plan> subscribable(PlanRow row) {
        PlanStatus status = row.status(clock.instant());
        if (row.deletedAt != null || status != PlanStatus.ACTIVE) {
            throw Problems.conflict(
                    "%s is %s and cannot be subscribed to",
                    row.title(), row.deletedAt == null ? status.wireName() : "deleted");
        }
        return features.byIds(row.namespace, row.featureIds())
                .map(known ->
                        row.toPlan(known.stream().map(KnownFeature::feature).toList()));
    }
}
