package io.usance.catalog.feature;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.database.UniqueKey;
import io.usance.runtime.list.FieldKind;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.ListSpec;
import io.usance.runtime.list.Page;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;

@ApplicationScoped
class FeatureRepository implements PanacheRepositoryBase<FeatureRow, String> {
    static final ListSpec LIST = ListSpec.sortedBy("created_at")
            .filterable("meter_id", FieldKind.ID, "meterId")
            .filterable("key", FieldKind.TEXT, "key")
            .filterable("name", FieldKind.TEXT, "name")
            .sortable("key", "key")
            .sortable("name", "name")
            .sortable("created_at", "createdAt")
            .sortable("updated_at", "updatedAt");

    /** Most users of a meter that are looked at: all in practice, and enough to refuse. */
    private static final int METER_USERS_MAX = 10_000;

    private static final UniqueKey KEY = new UniqueKey("feature_key");
    private static final String LIVING = "namespace = :namespace and deletedAt is null";
    private static final String BY_ID = "namespace = :namespace and id = :id";
    private static final String BY_IDS = "namespace = :namespace and id in (:ids) order by id";
    private static final String BY_KEYS = LIVING + " and key in (:keys) order by id";
    private static final String BY_METER = LIVING + " and meterId = :meterId order by key";

    Uni<Page<FeatureRow>> list(String namespace, ListRequest request) {
        return request.fetch(this, LIVING, Map.of("namespace", namespace));
    }

    /** Fails with 404 when there is none. */
    Uni<FeatureRow> get(String namespace, String id) {
        return find(BY_ID, byId(namespace, id))
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("feature", id));
    }

    /** As {@link #get}, and nobody else changes or refers to the feature before this transaction ends. */
    Uni<FeatureRow> lock(String namespace, String id) {
        return find(BY_ID, byId(namespace, id))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("feature", id));
    }

    /** @param ids some hundreds at most */
    Uni<List<FeatureRow>> byIds(String namespace, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list(BY_IDS, Parameters.with("namespace", namespace).and("ids", ids));
    }

    /** As {@link #byIds}, kept as they are until this transaction ends. Locks in the order of the ids. */
    Uni<List<FeatureRow>> holdByIds(String namespace, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : find(BY_IDS, Parameters.with("namespace", namespace).and("ids", ids))
                        .withLock(LockModeType.PESSIMISTIC_READ)
                        .list();
    }

    /** @param keys some hundreds at most */
    Uni<List<FeatureRow>> livingByKeys(String namespace, Collection<String> keys) {
        return keys.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list(BY_KEYS, Parameters.with("namespace", namespace).and("keys", keys));
    }

    Uni<List<FeatureRow>> livingByMeter(String namespace, String meterId) {
        return find(BY_METER, Parameters.with("namespace", namespace).and("meterId", meterId))
                .page(0, METER_USERS_MAX)
                .list();
    }

    /** All that are not archived, by key. */
    Uni<List<FeatureRow>> living(String namespace) {
        return list(LIVING + " order by key", Parameters.with("namespace", namespace));
    }

    /** The one with that key, which there must be. */
    Uni<FeatureRow> living(String namespace, String key) {
        return livingByKeys(namespace, List.of(key)).map(List::getFirst);
    }

    /** Fails with 409 when a living feature has the key. */
    Uni<FeatureRow> insert(FeatureRow row) {
        return persistAndFlush(row)
                .onFailure(KEY)
                .transform(taken -> Problems.conflict("a feature with key %s exists already", row.key));
    }

    private static Parameters byId(String namespace, String id) {
        return Parameters.with("namespace", namespace).and("id", id);
    }
}
