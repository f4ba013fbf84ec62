package io.usance.catalog.template;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.database.UniqueKey;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

@ApplicationScoped
class MeterTemplateRepository implements PanacheRepositoryBase<MeterTemplateRow, MeterTemplateRow.Key> {
    /** Most templates of a tenant's own: a list is made of all of them. Two requests at once may pass it by one. */
    static final int TEMPLATES_MAX = 100;

    private static final String ALL = "namespace = :namespace";
    private static final UniqueKey ID = new UniqueKey("meter_template_pkey");

    /** All of the tenant's own, by id. */
    Uni<List<MeterTemplateRow>> all(String namespace) {
        return list(ALL + " order by id", Parameters.with("namespace", namespace));
    }

    /** Fails with 409 when there is one with the id, or there are too many. */
    Uni<MeterTemplateRow> insert(MeterTemplateRow row) {
        return count(ALL, Parameters.with("namespace", row.namespace))
                .invoke(there -> {
                    if (there >= TEMPLATES_MAX) {
                        throw Problems.conflict(
                                "there are %d meter templates, which is the limit: delete one first", TEMPLATES_MAX);
                    }
                })
                .chain(() -> persistAndFlush(row))
                .onFailure(ID)
                .transform(taken -> idTaken(row.id));
    }

    /** Fails with 404 when there is none. */
    Uni<Void> remove(String namespace, String id) {
        return delete(
                        ALL + " and id = :id",
                        Parameters.with("namespace", namespace).and("id", id))
                .invoke(removed -> {
                    if (removed == 0) {
                        throw Problems.notFound("meter template", id);
                    }
                })
                .replaceWithVoid();
    }

    static RuntimeException idTaken(String id) {
        return Problems.conflict("a meter template with id %s exists already: delete it first, or choose another", id);
    }
}
