package io.usance.catalog.meter;

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

/** Living meters only: a deleted one is gone for everybody but its history in the database. */
@ApplicationScoped
class MeterRepository implements PanacheRepositoryBase<MeterRow, String> {
    static final ListSpec LIST = ListSpec.sortedBy("created_at")
            .filterable("key", FieldKind.TEXT, "key")
            .filterable("name", FieldKind.TEXT, "name")
            .sortable("key", "key")
            .sortable("name", "name")
            .sortable("aggregation", "aggregation")
            .sortable("created_at", "createdAt")
            .sortable("updated_at", "updatedAt");

    private static final UniqueKey KEY = new UniqueKey("meter_key");
    private static final String ALL = "namespace = :namespace and deletedAt is null";
    private static final String BY_ID = ALL + " and id = :id";
    private static final String BY_KEY = ALL + " and key = :key";

    Uni<Page<MeterRow>> list(String namespace, ListRequest request) {
        return request.fetch(this, ALL, Map.of("namespace", namespace));
    }

    /** Fails with 404 when there is none. */
    Uni<MeterRow> get(String namespace, String id) {
        return find(BY_ID, byId(namespace, id))
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("meter", id));
    }

    /** As {@link #get}, and nobody else changes or refers to the meter before this transaction ends. */
    Uni<MeterRow> lock(String namespace, String id) {
        return find(BY_ID, byId(namespace, id))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("meter", id));
    }

    /** The meter, kept as it is until this transaction ends; null when there is none. */
    Uni<MeterRow> holdById(String namespace, String id) {
        return find(BY_ID, byId(namespace, id))
                .withLock(LockModeType.PESSIMISTIC_READ)
                .firstResult();
    }

    /** The meter, kept as it is until this transaction ends; null when there is none. */
    Uni<MeterRow> holdByKey(String namespace, String key) {
        return find(BY_KEY, Parameters.with("namespace", namespace).and("key", key))
                .withLock(LockModeType.PESSIMISTIC_READ)
                .firstResult();
    }

    /** As {@link #lock}, by the key. */
    Uni<MeterRow> lockByKey(String namespace, String key) {
        return find(BY_KEY, Parameters.with("namespace", namespace).and("key", key))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("meter", key));
    }

    /** Deleted ones too. */
    Uni<List<MeterRow>> byIds(String namespace, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list("namespace = :namespace and id in (:ids)", Map.of("namespace", namespace, "ids", ids));
    }

    /** By key. */
    Uni<List<MeterRow>> all(String namespace) {
        return list(ALL + " order by key", Map.of("namespace", namespace));
    }

    /** Fails with 409 when a living meter has the key. */
    Uni<MeterRow> insert(MeterRow row) {
        return persistAndFlush(row)
                .onFailure(KEY)
                .transform(taken -> Problems.conflict("a meter with key %s exists already", row.key));
    }

    private static Parameters byId(String namespace, String id) {
        return Parameters.with("namespace", namespace).and("id", id);
    }
}
