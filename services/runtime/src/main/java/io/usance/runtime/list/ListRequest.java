package io.usance.runtime.list;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page list as it was asked for. */
public final class ListRequest {
    private final ListSpec spec;
    private final int number;
    private final int size;
    private final List<Condition> conditions;
    private final List<SortOrder> sort;

    ListRequest(ListSpec spec, int number, int size, List<Condition> conditions, List<SortOrder> sort) {
        this.spec = spec;
        this.number = number;
        this.size = size;
        this.conditions = new ArrayList<>(conditions);
        this.sort = sort;
    }

    /** Takes the filter on {@code field} out of the request, for a field that the caller filters by itself. */
    public Optional<Condition> take(String field) {
        Optional<Condition> taken = conditions.stream()
                .filter(condition -> condition.field().equals(field))
                .findFirst();
        taken.ifPresent(conditions::remove);
        return taken;
    }

    /**
     * Reads the page that was asked for.
     *
     * @param base HQL condition that always holds, the namespace's first, e.g. {@code "namespace = :namespace"}
     * @param parameters values of the names in {@code base}
     */
    public <R> Uni<Page<R>> fetch(PanacheRepositoryBase<R, ?> rows, String base, Map<String, Object> parameters) {
        Criteria criteria = new Criteria(base, parameters).and(spec, conditions);
        String ordered = ordered(criteria);
        return rows.count(criteria.hql(), criteria.parameters())
                .chain(total -> rows.find(ordered, criteria.parameters())
                        .page(number - 1, size)
                        .list()
                        .map(found -> Page.of(found, number, size, total)));
    }

    /** The HQL of this request, for tests. */
    String criteria(String base, Map<String, Object> parameters) {
        return ordered(new Criteria(base, parameters).and(spec, conditions));
    }

    private String ordered(Criteria criteria) {
        return criteria.orderedBy(spec, sort, "id asc");
    }
}
