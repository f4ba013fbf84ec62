package io.usance.catalog.tax;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.database.UniqueKey;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Page;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A tenant sees its own tax codes and, under the empty namespace, those that every tenant has; it changes its own only. */
@ApplicationScoped
class TaxCodeRepository implements PanacheRepositoryBase<TaxCodeRow, String> {
    static final ListSpec LIST = ListSpec.sortedBy("created_at").sortable("created_at", "createdAt");

    private static final UniqueKey KEY = new UniqueKey("tax_code_key");
    private static final String VISIBLE = "namespace in ('', :namespace)";
    private static final String VISIBLE_LIVING = VISIBLE + " and deletedAt is null";
    private static final String BY_ID = VISIBLE + " and id = :id";
    private static final String OWN_BY_ID = "namespace = :namespace and id = :id";
    private static final String BY_IDS = VISIBLE + " and id in (:ids) order by id";
    private static final String BY_KEYS = VISIBLE_LIVING + " and key in (:keys) order by key";
    private static final String OWN = "namespace = :namespace and deletedAt is null";
    private static final String OWN_BY_KEY = OWN + " and key = :key";
    private static final String OF_ALL_BY_KEY = "namespace = '' and key = :key and deletedAt is null";

    Uni<Page<TaxCodeRow>> list(String namespace, ListRequest request, boolean deletedToo) {
        return request.fetch(this, deletedToo ? VISIBLE : VISIBLE_LIVING, Map.of("namespace", namespace));
    }

    /** Fails with 404 when there is none. */
    Uni<TaxCodeRow> get(String namespace, String id) {
        return find(BY_ID, byId(namespace, id)).firstResult().onItem().ifNull().failWith(() -> notFound(id));
    }

    /**
     * The tenant's own one, which nobody else changes or refers to before this transaction ends. Fails with 404 when there
     * is none and 409 when it is every tenant's.
     */
    Uni<TaxCodeRow> lockOwn(String namespace, String id) {
        return find(OWN_BY_ID, byId(namespace, id))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .switchTo(() -> get(namespace, id).map(TaxCodeRepository::refuseToChange));
    }

    /** @param ids some hundreds at most */
    Uni<List<TaxCodeRow>> byIds(String namespace, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list(BY_IDS, Parameters.with("namespace", namespace).and("ids", ids));
    }

    /** @param keys some hundreds at most */
    Uni<List<TaxCodeRow>> byKeys(String namespace, Collection<String> keys) {
        return keys.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list(BY_KEYS, Parameters.with("namespace", namespace).and("keys", keys));
    }

    /** The living ones that are the tenant's own, by key. */
    Uni<List<TaxCodeRow>> own(String namespace) {
        return list(OWN + " order by key", Parameters.with("namespace", namespace));
    }

    /** The living one of the tenant's own with that key; null when there is none. */
    Uni<TaxCodeRow> own(String namespace, String key) {
        return find(OWN_BY_KEY, Parameters.with("namespace", namespace).and("key", key))
                .firstResult();
    }

    /** As {@link #byIds}, kept as they are until this transaction ends. Locks in the order of the ids. */
    Uni<List<TaxCodeRow>> holdByIds(String namespace, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : find(BY_IDS, Parameters.with("namespace", namespace).and("ids", ids))
                        .withLock(LockModeType.PESSIMISTIC_READ)
                        .list();
    }

    /** Fails with 409 when a living tax code that the tenant sees has the key. */
    Uni<TaxCodeRow> insert(TaxCodeRow row) {
        // Those of all tenants come by migrations, so none appears between this look and the insert.
        return count(OF_ALL_BY_KEY, Parameters.with("key", row.key))
                .invoke(taken -> {
                    if (taken > 0) {
                        throw keyTaken(row);
                    }
                })
                .chain(() -> persistAndFlush(row))
                .onFailure(KEY)
                .transform(taken -> keyTaken(row));
    }

    private static TaxCodeRow refuseToChange(TaxCodeRow ofAll) {
        throw Problems.conflict(
                "tax code %s is one that every tenant has and stays as it is: create one of your own", ofAll.key);
    }

    private static ProblemException keyTaken(TaxCodeRow row) {
        return Problems.conflict("a tax code with key %s exists already", row.key);
    }

    private static ProblemException notFound(String id) {
        return Problems.notFound("tax code", id);
    }

    private static Parameters byId(String namespace, String id) {
        return Parameters.with("namespace", namespace).and("id", id);
    }
}
