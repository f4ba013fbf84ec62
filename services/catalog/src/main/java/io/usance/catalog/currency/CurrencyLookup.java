package io.usance.catalog.currency;

import io.smallrye.mutiny.Uni;
import io.usance.kernel.money.Currency;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Currencies for whoever refers to them, in the caller's session. */
@ApplicationScoped
public class CurrencyLookup {
    @Inject
    CustomCurrencyRepository currencies;

    /** The currency of that code, of ISO 4217 or the tenant's own; empty when there is none. */
    public Uni<Optional<Currency>> find(String namespace, String code) {
        Optional<Currency> iso = Currency.tryIso(code);
        return iso.isPresent()
                ? Uni.createFrom().item(iso)
                : currencies
                        .byCodes(namespace, List.of(code))
                        .map(rows -> rows.stream().findFirst().map(row -> new Currency(row.code, row.precision)));
    }

    /** Those of {@code codes}, some hundreds at most, that are of the tenant's own currencies. */
    public Uni<Set<String>> customAmong(String namespace, Collection<String> codes) {
        List<String> others =
                codes.stream().filter(code -> Currency.tryIso(code).isEmpty()).toList();
        return currencies
                .byCodes(namespace, others)
                .map(rows -> rows.stream().map(row -> row.code).collect(Collectors.toSet()));
    }
}
