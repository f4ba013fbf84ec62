package io.usance.catalog.currency;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.currency.model.CostBasisRules;
import io.usance.runtime.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says what a unit of a currency is worth from a time on. The one before it ends there. */
@ApplicationScoped
class CreateCostBasis {
    @Inject
    CustomCurrencyRepository currencies;

    @Inject
    CostBasisRepository costBases;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<CostBasisView> create(String namespace, String currencyId, CreateCostBasisRequest request) {
        return currencies
                .lock(namespace, currencyId)
                .chain(currency -> costBases.last(namespace, currencyId, request.fiatCode()))
                .chain(last -> append(namespace, currencyId, request, last))
                .invoke(row -> Log.infof(
                        "cost basis created costBasis=%s currency=%s fiat=%s", row.id, row.currencyId, row.fiatCode))
                .map(CostBasisView::of);
    }

    /** @param last null when it is the first one */
    private Uni<CostBasisRow> append(
            String namespace, String currencyId, CreateCostBasisRequest request, CostBasisRow last) {
        Instant now = now(last);
        Refusal.unless(CostBasisRules.violations(
                request.fiatCode(),
                request.rate(),
                request.effectiveFrom(),
                request.effectiveTo(),
                now,
                last == null ? null : last.effectiveFrom));
        CostBasisRow row = row(namespace, currencyId, request, now);
        if (last != null && last.isOpenAt(row.effectiveFrom)) {
            last.effectiveTo = row.effectiveFrom;
        }
        // The end of the last one first: Hibernate would insert before it updates, and two would be open.
        return costBases.flush().chain(() -> costBases.persistAndFlush(row));
    }

    /**
     * The present, read under the lock and always after the last one was made, if by a clock that is ahead: of two that start
     * at once the later one is later.
     */
    private Instant now(CostBasisRow last) {
        Instant now = clock.instant();
        return last == null || now.isAfter(last.createdAt) ? now : last.createdAt.plus(1, ChronoUnit.MICROS);
    }

    private CostBasisRow row(String namespace, String currencyId, CreateCostBasisRequest request, Instant now) {
        CostBasisRow row = new CostBasisRow();
        row.namespace = namespace;
        row.id = ids.next();
        row.currencyId = currencyId;
        row.fiatCode = request.fiatCode();
        row.rate = request.rate();
        row.effectiveFrom = request.effectiveFrom() == null ? now : request.effectiveFrom();
        row.effectiveTo = request.effectiveTo();
        row.createdAt = now;
        return row;
    }
}
