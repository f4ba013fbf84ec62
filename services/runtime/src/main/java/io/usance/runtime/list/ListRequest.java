package io.usance.runtime.list;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

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

    /**
     * Picks the page that was asked for out of rows in memory, some thousands at most, filtered and sorted as the database
     * would.
     *
     * @param value what a row has under an expression of the list's spec, or under {@code id}: text, or an instant; null for
     *     nothing
     */
    public <R> Page<R> pick(Collection<R> rows, BiFunction<R, String, Comparable<?>> value) {
        List<R> found = rows.stream()
                .filter(row -> conditions.stream()
                        .allMatch(condition -> condition.admits(value.apply(row, spec.expression(condition.field())))))
                .sorted(order(value))
                .toList();
        int from = (int) Math.min((number - 1L) * size, found.size());
        int to = Math.min(from + size, found.size());
        return Page.of(found.subList(from, to), number, size, found.size());
    }

    private <R> Comparator<R> order(BiFunction<R, String, Comparable<?>> value) {
        return Stream.concat(sort.stream(), Stream.of(new SortOrder("id", false)))
                .map(by -> order(by, value))
                .reduce(Comparator::thenComparing)
                .orElseThrow();
    }

    /** The fields of one list are of types that compare with themselves. */
    @SuppressWarnings("unchecked")
    private <R> Comparator<R> order(SortOrder by, BiFunction<R, String, Comparable<?>> value) {
        String expression = "id".equals(by.field()) ? "id" : spec.sortExpression(by.field());
        // As in Postgres, nothing is greater than anything.
        Comparator<R> ascending = Comparator.comparing(
                row -> (Comparable<Object>) value.apply(row, expression),
                Comparator.nullsLast(Comparator.naturalOrder()));
        return by.descending() ? ascending.reversed() : ascending;
    }

    /** The HQL of this request, for tests. */
    String criteria(String base, Map<String, Object> parameters) {
        return ordered(new Criteria(base, parameters).and(spec, conditions));
    }

    private String ordered(Criteria criteria) {
        return criteria.orderedBy(spec, sort, "id asc");
    }
}
