package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.addon.model.AddonStatus;
import io.usance.contracts.catalog.RateCard;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Replaces what a draft says. Key and currency stay. */
@ApplicationScoped
class UpdateAddon {
    @Inject
    AddonRepository addons;

    @Inject
    AddonIntake intake;

    @Inject
    AddonViews views;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<AddonView> update(String namespace, String id, UpdateAddonRequest request) {
        AddonIntake.refuseMalformed(request.labels(), request.rateCards());
        return addons.lock(namespace, id)
                .invoke(row -> refuse(row, row.now(clock)))
                .call(row -> intake.resolve(namespace, request.rateCards())
                        .invoke(cards -> change(row, request, cards, row.now(clock))))
                .call(addons::flush)
                .invoke(row -> Log.infof("add-on changed addon=%s key=%s version=%d", row.id, row.key, row.version))
                .chain(views::of);
    }

    private static void refuse(AddonRow row, Instant now) {
        if (row.deletedAt != null) {
            throw Problems.gone("add-on", row.id);
        }
        AddonTransitions.require(
                row, now, AddonStatus::canBeChanged, AddonTransitions.INVALID_STATUS, "changed: create a new version");
    }

    private static void change(AddonRow row, UpdateAddonRequest request, List<RateCard> cards, Instant now) {
        row.name = request.name();
        row.description = request.description();
        row.labels = request.labels();
        row.instanceType = request.instanceType();
        row.rateCards = cards;
        row.updatedAt = now;
    }
}
