package io.usance.runtime.list;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A list that is read forwards by cursor, as it was asked for. Sorted by one time and then by id. */
public final class CursorRequest {
    private final ListSpec spec;
    private final int size;
    private final Cursor after;
    private final List<Condition> conditions;
    private final SortOrder sort;

    CursorRequest(ListSpec spec, int size, Cursor after, List<Condition> conditions, List<SortOrder> sort) {
        this.spec = spec;
        this.size = size;
        this.after = after;
        this.conditions = new ArrayList<>(conditions);
        this.sort = sort.getFirst();
    }

    /** Takes the filter on {@code field} out of the request, for a field that the caller filters by itself. */
    public Optional<Condition> take(String field) {
        Optional<Condition> taken = conditions.stream()
                .filter(condition -> condition.field().equals(field))
                .findFirst();
        taken.ifPresent(conditions::remove);
        return taken;
    }

    /** How many rows the page holds at most. */
    public int size() {
        return size;
    }

    /** The place after which the page starts; empty for the first page. */
    public Optional<Cursor> after() {
        return Optional.ofNullable(after);
    }

    /** The filters that were not taken out, for a caller that writes its own SQL. */
    public List<Condition> conditions() {
        return List.copyOf(conditions);
    }

    /** Whether the greatest value of the sort field comes first. */
    public boolean isDescending() {
        return sort.descending();
    }

    /** Name of the field that the list is sorted by. */
    public String sortField() {
        return sort.field();
    }

    /**
     * Reads the rows after the cursor.
     *
     * @param base HQL condition that always holds, the namespace's first
     * @param parameters values of the names in {@code base}
     * @param position where a row stands: its sort field's time and its id
     */
    public <R> Uni<CursorPage<R>> fetch(
            PanacheRepositoryBase<R, ?> rows,
            String base,
            Map<String, Object> parameters,
            Function<? super R, Cursor> position) {
        Criteria criteria = new Criteria(base, parameters).and(spec, conditions);
        if (after != null) {
            String by = spec.sortExpression(sort.field());
            String than = sort.descending() ? " < " : " > ";
            String at = criteria.bind(after.at());
            criteria.and("(%s%s%s or (%s = %s and id%s%s))"
                    .formatted(by, than, at, by, at, than, criteria.bind(after.id())));
        }
        String ordered = criteria.orderedBy(spec, List.of(sort), sort.descending() ? "id desc" : "id asc");
        return rows.find(ordered, criteria.parameters())
                .page(0, size)
                .list()
                .map(found -> CursorPage.of(found, size, position));
    }

    /**
     * The page of rows that a caller has read by itself: at most {@link #size}, in order, after the cursor.
     *
     * @param position where a row stands: its sort field's time and its id
     */
    public <R> CursorPage<R> page(List<R> found, Function<? super R, Cursor> position) {
        return CursorPage.of(found, size, position);
    }
}
