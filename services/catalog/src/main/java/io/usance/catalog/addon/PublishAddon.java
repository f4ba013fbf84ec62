package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.addon.model.AddonStatus;
import io.usance.catalog.plan.RateCardReferences;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/** Puts a complete version in force at once, and archives the one that was. */
@ApplicationScoped
class PublishAddon {
    @Inject
    AddonRepository addons;

    @Inject
    RateCardReferences references;

    @Inject
    ArchiveAddon archiveAddon;

    @Inject
    AddonViews views;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<AddonView> publish(String namespace, String id) {
        return addons.lock(namespace, id)
                .call(row -> publish(row, row.now(clock)))
                .invoke(row -> Log.infof("add-on published addon=%s key=%s version=%d", row.id, row.key, row.version))
                .chain(views::of);
    }

    /** Locks add-ons before features, as the publishing of a plan does: two that wait for each other would both fail. */
    private Uni<Void> publish(AddonRow row, Instant now) {
        AddonTransitions.require(
                row, now, AddonStatus::canBeChanged, AddonTransitions.INVALID_STATUS_FOR_PUBLISH, "published");
        return addons.lockOpen(row.namespace, row.key)
                .call(() -> references
                        .hold(row.namespace, row.named())
                        .invoke(found -> Refusal.unless(AddonViews.violations(row, found.states(), now))))
                .chain(previous -> previous == null ? Uni.createFrom().voidItem() : archiveAddon.end(previous, now))
                .chain(() -> putInForce(row, now));
    }

    private Uni<Void> putInForce(AddonRow row, Instant now) {
        row.effectiveFrom = now;
        row.updatedAt = now;
        return addons.noteUses(row).chain(addons::flush);
    }
}
