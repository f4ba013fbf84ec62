package io.usance.catalog.plan;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.feature.KnownFeature;
import io.usance.catalog.plan.model.PlanStatus;
import io.usance.contracts.Topics;
import io.usance.contracts.catalog.PlanPublished;
import io.usance.runtime.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Puts a complete version in force at once, and archives the one that was. */
@ApplicationScoped
class PublishPlan {
    @Inject
    PlanRepository plans;

    @Inject
    RateCardReferences references;

    @Inject
    AttachedAddons addons;

    @Inject
    ArchivePlan archivePlan;

    @Inject
    PlanViews views;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<PlanView> publish(String namespace, String id) {
        return plans.lock(namespace, id)
                .call(row -> publish(row, row.now(clock)))
                .invoke(row -> Log.infof("plan published plan=%s key=%s version=%d", row.id, row.key, row.version))
                .chain(views::of);
    }

    private Uni<Void> publish(PlanRow row, Instant now) {
        PlanTransitions.require(row, now, PlanStatus::canBePublished, "published");
        return addons.hold(row.namespace, row.toKnown(now))
                .chain(ofAddons -> references
                        .hold(row.namespace, row.named())
                        .invoke(found -> Refusal.unless(PlanViews.violations(row, found.states(), ofAddons))))
                .chain(found -> putInForce(row, found.features(), now));
    }

    private Uni<Void> putInForce(PlanRow row, List<KnownFeature> known, Instant now) {
        return plans.lockOpen(row.namespace, row.key)
                .chain(previous -> previous == null || previous.id.equals(row.id)
                        ? Uni.createFrom().voidItem()
                        : archivePlan.end(previous, now))
                .invoke(() -> {
                    row.effectiveFrom = now;
                    row.updatedAt = now;
                })
                .chain(() -> plans.noteUses(row))
                .chain(plans::flush)
                .chain(() -> outbox.append(Topics.CATALOG, row.namespace, row.id, row.revision, event(row, known)));
    }

    private static PlanPublished event(PlanRow row, List<KnownFeature> known) {
        return new PlanPublished(
                row.toPlan(known.stream().map(KnownFeature::feature).toList()));
    }
}
