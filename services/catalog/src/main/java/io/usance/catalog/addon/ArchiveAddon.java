package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.addon.model.AddonStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/** Ends that a version can be attached to plans and bought; what was bought goes on. */
@ApplicationScoped
class ArchiveAddon {
    @Inject
    AddonRepository addons;

    @Inject
    AddonViews views;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<AddonView> archive(String namespace, String id) {
        return addons.lock(namespace, id)
                .call(row -> {
                    Instant now = row.now(clock);
                    AddonTransitions.require(
                            row, now, AddonStatus::canBeArchived, AddonTransitions.INVALID_STATUS, "archived");
                    return end(row, now);
                })
                .chain(views::of);
    }

    /** Ends {@code row}, which is locked and in force, in the caller's transaction. */
    Uni<Void> end(AddonRow row, Instant now) {
        row.effectiveTo = now;
        row.updatedAt = now;
        return addons.flush()
                .invoke(() -> Log.infof("add-on archived addon=%s key=%s version=%d", row.id, row.key, row.version));
    }
}
