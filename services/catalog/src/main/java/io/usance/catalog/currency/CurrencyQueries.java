package io.usance.catalog.currency;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.kernel.money.Currency;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@ApplicationScoped
class CurrencyQueries {
    static final ListSpec LIST = ListSpec.sortedBy("code")
            .filterable("type", FieldKind.EXACT)
            .filterable("code", FieldKind.TEXT, "code")
            .sortable("code", "code")
            .sortable("name", "name");

    private static final List<CurrencyView> FIAT = java.util.Currency.getAvailableCurrencies().stream()
            .filter(currency -> Currency.tryIso(currency.getCurrencyCode()).isPresent())
            .<CurrencyView>map(CurrencyView.Fiat::of)
            .toList();

    @Inject
    CustomCurrencyRepository currencies;

    @Inject
    CostBasisRepository costBases;

    @Inject
    Clock clock;

    @WithSession
    Uni<Page<CurrencyView>> list(String namespace, ListRequest request, Expansion expansion) {
        Set<CurrencyType> wanted =
                request.take("type").map(CurrencyType::wanted).orElse(EnumSet.allOf(CurrencyType.class));
        Uni<List<CustomCurrencyRow>> custom = wanted.contains(CurrencyType.CUSTOM)
                ? currencies.all(namespace)
                : Uni.createFrom().item(List.of());
        return custom.map(rows -> request.pick(among(wanted, rows), CurrencyQueries::text))
                .chain(page -> expansion.costBasis()
                        ? withCostBasis(namespace, page)
                        : Uni.createFrom().item(page));
    }

    @WithSession
    Uni<CurrencyView> get(String namespace, String id) {
        return currencies.get(namespace, id).map(CurrencyView.Custom::of);
    }

    @WithSession
    Uni<Page<CostBasisView>> costBases(String namespace, String currencyId, ListRequest request) {
        return currencies
                .get(namespace, currencyId)
                .chain(currency -> costBases.list(namespace, currency.id, request))
                .map(page -> page.map(CostBasisView::of));
    }

    private static List<CurrencyView> among(Set<CurrencyType> wanted, List<CustomCurrencyRow> custom) {
        List<CurrencyView> found = new ArrayList<>(wanted.contains(CurrencyType.FIAT) ? FIAT : List.of());
        custom.forEach(row -> found.add(CurrencyView.Custom.of(row)));
        return found;
    }

    /** No two currencies have a code in common, so it is what they are told apart by. */
    private static String text(CurrencyView currency, String expression) {
        return "name".equals(expression) ? currency.name() : currency.code();
    }

    private Uni<Page<CurrencyView>> withCostBasis(String namespace, Page<CurrencyView> page) {
        List<String> ids = page.data().stream()
                .flatMap(view -> view instanceof CurrencyView.Custom custom ? Stream.of(custom.id()) : Stream.empty())
                .toList();
        return costBases.inForce(namespace, ids, clock.instant()).map(inForce -> {
            Map<String, List<CostBasisView>> byCurrency = inForce.stream()
                    .collect(Collectors.groupingBy(
                            row -> row.currencyId, Collectors.mapping(CostBasisView::of, Collectors.toList())));
            return page.map(view -> switch (view) {
                case CurrencyView.Fiat fiat -> fiat;
                case CurrencyView.Custom custom -> custom.with(byCurrency.getOrDefault(custom.id(), List.of()));
            });
        });
    }
}
