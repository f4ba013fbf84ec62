package io.usance.catalog.addon;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.currency.CurrencyLookup;
import io.usance.catalog.plan.model.PlanRules;
import io.usance.contracts.catalog.RateCard;
import io.usance.runtime.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Makes a draft: the first version of a new add-on or the next one of a known add-on. It has one draft at a time. */
@ApplicationScoped
class CreateAddon {
    @Inject
    AddonRepository addons;

    @Inject
    CurrencyLookup currencies;

    @Inject
    AddonIntake intake;

    @Inject
    AddonViews views;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<AddonView> create(String namespace, CreateAddonRequest request) {
        AddonIntake.refuseMalformed(request.labels(), request.rateCards());
        return currencies
                .customAmong(namespace, Set.of(request.currency()))
                .invoke(custom -> Refusal.unless(PlanRules.ofCurrency(request.currency(), custom)))
                .chain(() -> addons.draft(namespace, request.key()))
                .invoke(draft -> {
                    if (draft != null) {
                        throw AddonRepository.draftExists(request.key());
                    }
                })
                .chain(() -> intake.resolve(namespace, request.rateCards()))
                .chain(cards -> insert(namespace, request, cards))
                .invoke(row -> Log.infof("add-on drafted addon=%s key=%s version=%d", row.id, row.key, row.version))
                .chain(views::of);
    }

    private Uni<AddonRow> insert(String namespace, CreateAddonRequest request, List<RateCard> cards) {
        return addons.lastVersion(namespace, request.key())
                .map(last -> row(namespace, request, cards, last + 1))
                .chain(addons::insert);
    }

    private AddonRow row(String namespace, CreateAddonRequest request, List<RateCard> cards, int version) {
        Instant now = clock.instant();
        AddonRow row = new AddonRow();
        row.namespace = namespace;
        row.id = ids.next();
        row.key = request.key();
        row.version = version;
        row.name = request.name();
        row.description = request.description();
        row.labels = request.labels();
        row.instanceType = request.instanceType();
        row.currency = request.currency();
        row.rateCards = cards;
        row.createdAt = now;
        row.updatedAt = now;
        return row;
    }
}
