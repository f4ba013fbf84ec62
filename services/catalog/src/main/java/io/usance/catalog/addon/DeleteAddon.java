package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.addon.model.AddonStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/** Takes a version that is not in force out of the lists. Doing it again changes nothing. */
@ApplicationScoped
class DeleteAddon {
    @Inject
    AddonRepository addons;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<Void> delete(String namespace, String id) {
        return addons.lock(namespace, id)
                .invoke(row -> {
                    if (row.deletedAt == null) {
                        delete(row, row.now(clock));
                    }
                })
                .replaceWithVoid();
    }

    private static void delete(AddonRow row, Instant now) {
        AddonTransitions.require(
                row, now, AddonStatus::canBeDeleted, AddonTransitions.INVALID_STATUS, "deleted: archive it first");
        row.deletedAt = now;
        row.updatedAt = now;
        Log.infof("add-on deleted addon=%s key=%s version=%d", row.id, row.key, row.version);
    }
}
