package io.usance.catalog.currency;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

@ApplicationScoped
class CostBasisRepository implements PanacheRepositoryBase<CostBasisRow, String> {
    static final ListSpec LIST = ListSpec.sortedBy("created_at")
            .filterable("fiat_code", FieldKind.EXACT, "fiatCode")
            .sortable("created_at", "createdAt");

    private static final String BY_CURRENCY = "namespace = :namespace and currencyId = :currencyId";
    private static final String LAST = BY_CURRENCY + " and fiatCode = :fiatCode order by effectiveFrom desc";
    private static final String IN_FORCE = """
            namespace = :namespace and currencyId in (:currencyIds)
            and effectiveFrom <= :now and (effectiveTo is null or effectiveTo > :now)
            order by currencyId, fiatCode
            """;

    Uni<Page<CostBasisRow>> list(String namespace, String currencyId, ListRequest request) {
        return request.fetch(this, BY_CURRENCY, Map.of("namespace", namespace, "currencyId", currencyId));
    }

    /** The one that starts last; null when there is none. */
    Uni<CostBasisRow> last(String namespace, String currencyId, String fiatCode) {
        return find(
                        LAST,
                        Parameters.with("namespace", namespace)
                                .and("currencyId", currencyId)
                                .and("fiatCode", fiatCode))
                .firstResult();
    }

    /** Those in force, one at most for each currency and fiat currency. */
    Uni<List<CostBasisRow>> inForce(String namespace, Collection<String> currencyIds, Instant now) {
        return currencyIds.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list(
                        IN_FORCE,
                        Parameters.with("namespace", namespace)
                                .and("currencyIds", currencyIds)
                                .and("now", now));
    }
}
