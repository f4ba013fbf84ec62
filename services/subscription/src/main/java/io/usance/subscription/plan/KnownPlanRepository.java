package io.usance.subscription.plan;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;

@ApplicationScoped
class KnownPlanRepository implements PanacheRepositoryBase<KnownPlanRow, String> {
    private static final String BY_ID = "namespace = :namespace and id = :id";
    private static final String PUBLISHED_BY_ID = BY_ID + " and plan is not null";
    private static final String PUBLISHED_BY_KEY = """
            namespace = :namespace and key = :key and plan is not null order by version desc
            """;
    private static final String PUBLISHED_BY_KEY_AND_VERSION = """
            namespace = :namespace and key = :key and version = :version and plan is not null
            """;

    /** More versions of a plan than this one are not looked at: the newest are in effect, if any. */
    private static final int VERSIONS_MAX = 50;

    /** The row, inserted when it is missing, and locked. */
    Uni<KnownPlanRow> lockOrCreate(String namespace, String id) {
        return find(BY_ID, Map.of("namespace", namespace, "id", id))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .chain(row -> row == null
                        ? persist(KnownPlanRow.of(namespace, id))
                        : Uni.createFrom().item(row));
    }

    /** The versions that may be meant, newest first. */
    Uni<List<KnownPlanRow>> published(String namespace, PlanReference wanted) {
        if (wanted.id() != null) {
            return find(PUBLISHED_BY_ID, Map.of("namespace", namespace, "id", wanted.id()))
                    .list();
        }
        if (wanted.version() == null) {
            return find(PUBLISHED_BY_KEY, Map.of("namespace", namespace, "key", wanted.key()))
                    .page(0, VERSIONS_MAX)
                    .list();
        }
        return find(
                        PUBLISHED_BY_KEY_AND_VERSION,
                        Map.of("namespace", namespace, "key", wanted.key(), "version", wanted.version()))
                .list();
    }
}
