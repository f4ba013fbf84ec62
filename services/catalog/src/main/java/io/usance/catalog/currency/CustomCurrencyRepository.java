package io.usance.catalog.currency;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.database.UniqueKey;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;

@ApplicationScoped
class CustomCurrencyRepository implements PanacheRepositoryBase<CustomCurrencyRow, String> {
    /** Most currencies of a tenant's own: a list is made of all of them. Two requests at once may pass it by one. */
    static final int CURRENCIES_MAX = 1_000;

    private static final UniqueKey CODE = new UniqueKey("custom_currency_code");
    private static final String ALL = "namespace = :namespace";
    private static final String BY_ID = ALL + " and id = :id";
    private static final String BY_CODES = ALL + " and code in (:codes) order by code";

    /** All of the tenant's, in the order of their codes. */
    Uni<List<CustomCurrencyRow>> all(String namespace) {
        return find(ALL + " order by code", Parameters.with("namespace", namespace))
                .page(0, CURRENCIES_MAX + 1)
                .list();
    }

    /** Fails with 404 when there is none. */
    Uni<CustomCurrencyRow> get(String namespace, String id) {
        return found(id, find(BY_ID, byId(namespace, id)).firstResult());
    }

    /** As {@link #get}, and nobody else adds a cost basis to it before this transaction ends. */
    Uni<CustomCurrencyRow> lock(String namespace, String id) {
        return found(
                id,
                find(BY_ID, byId(namespace, id))
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .firstResult());
    }

    /** @param codes some hundreds at most */
    Uni<List<CustomCurrencyRow>> byCodes(String namespace, Collection<String> codes) {
        return codes.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list(BY_CODES, Parameters.with("namespace", namespace).and("codes", codes));
    }

    /** Fails with 409 when there is one with the code, or there are too many. */
    Uni<CustomCurrencyRow> insert(CustomCurrencyRow row) {
        return count(ALL, Parameters.with("namespace", row.namespace))
                .invoke(CustomCurrencyRepository::refuseBeyondLimit)
                .chain(() -> persistAndFlush(row))
                .onFailure(CODE)
                .transform(taken -> Problems.conflict(
                        "a currency with code %s exists already: currencies stay as they are, choose another code",
                        row.code));
    }

    private static void refuseBeyondLimit(long there) {
        if (there >= CURRENCIES_MAX) {
            throw Problems.conflict("there are %d custom currencies, which is the limit", CURRENCIES_MAX);
        }
    }

    private static Uni<CustomCurrencyRow> found(String id, Uni<CustomCurrencyRow> row) {
        return row.onItem().ifNull().failWith(() -> Problems.notFound("custom currency", id));
    }

    private static Parameters byId(String namespace, String id) {
        return Parameters.with("namespace", namespace).and("id", id);
    }
}
