package io.usance.catalog.addon;

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
import java.util.Collection;
import java.util.List;
import java.util.Map;

@ApplicationScoped
class PlanAddonRepository implements PanacheRepositoryBase<PlanAddonRow, String> {
    static final ListSpec LIST = ListSpec.sortedBy("created_at").sortable("created_at", "createdAt");

    private static final String OF_PLAN = "namespace = :namespace and planId = :planId and deletedAt is null";
    private static final String OF_PLANS =
            "namespace = :namespace and planId in (:planIds) and deletedAt is null order by createdAt, id";
    private static final String BY_ID = "namespace = :namespace and planId = :planId and id = :id";
    private static final UniqueKey PAIR = new UniqueKey("plan_addon_pair");

    Uni<Page<PlanAddonRow>> list(String namespace, String planId, ListRequest request) {
        return request.fetch(this, OF_PLAN, Map.of("namespace", namespace, "planId", planId));
    }

    /**
     * The living ones of each plan, {@value AttachAddon#ADDONS_MAX} at most, the oldest first.
     *
     * @param planIds a page of them at most
     */
    Uni<List<PlanAddonRow>> ofPlans(String namespace, Collection<String> planIds) {
        return planIds.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list(OF_PLANS, Parameters.with("namespace", namespace).and("planIds", planIds));
    }

    /** One of that plan, a detached one too; fails with 404 when there is none. */
    Uni<PlanAddonRow> get(String namespace, String planId, String id) {
        return find(
                        BY_ID,
                        Parameters.with("namespace", namespace)
                                .and("planId", planId)
                                .and("id", id))
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problems.notFound("add-on of this plan", id));
    }

    /** Fails with 409 when the plan has the add-on already. */
    Uni<PlanAddonRow> insert(PlanAddonRow row) {
        return persistAndFlush(row).onFailure(PAIR).transform(taken -> attachedAlready(row.addonId));
    }

    static ProblemException attachedAlready(String addonId) {
        return Problems.conflict("the plan has add-on %s already: change what is there", addonId);
    }
}
