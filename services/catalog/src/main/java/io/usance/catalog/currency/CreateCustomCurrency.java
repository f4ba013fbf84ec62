package io.usance.catalog.currency;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.Refusal;
import io.usance.catalog.currency.model.CustomCurrencyRules;
import io.usance.runtime.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Makes a currency of the tenant's own, for good. */
@ApplicationScoped
class CreateCustomCurrency {
    @Inject
    CustomCurrencyRepository currencies;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    @WithTransaction
    Uni<CurrencyView> create(String namespace, CreateCustomCurrencyRequest request) {
        Refusal.unless(CustomCurrencyRules.violations(
                request.code(),
                request.symbol(),
                request.precision(),
                request.decimalMark(),
                request.thousandSeparator()));
        return currencies
                .insert(row(namespace, request))
                .invoke(row -> Log.infof("custom currency created currency=%s code=%s", row.id, row.code))
                .map(CurrencyView.Custom::of);
    }

    private CustomCurrencyRow row(String namespace, CreateCustomCurrencyRequest request) {
        CustomCurrencyRow row = new CustomCurrencyRow();
        row.namespace = namespace;
        row.id = ids.next();
        row.code = request.code();
        row.name = request.name();
        row.symbol = request.symbol();
        row.precision = Math.toIntExact(request.precision());
        row.decimalMark = request.decimalMark();
        row.thousandSeparator = request.thousandSeparator();
        row.createdAt = clock.instant();
        return row;
    }
}
