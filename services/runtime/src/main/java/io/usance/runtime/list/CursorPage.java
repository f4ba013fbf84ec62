package io.usance.runtime.list;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;

/** A page of a list that is read forwards, as it is sent. */
public record CursorPage<T>(List<T> data, Meta meta) {
    /** Where in the list the page is. */
    public record Meta(Position page) {}

    /**
     * @param first cursor of the first entry, left out on an empty page
     * @param last cursor of the last entry, left out on an empty page
     * @param next give it as {@code page[after]} to go on; null when the page is not full
     * @param previous always null: lists are read forwards
     * @param size how many entries a page holds at most
     */
    public record Position(
            String first,
            String last,
            @JsonInclude(JsonInclude.Include.ALWAYS) String next,
            @JsonInclude(JsonInclude.Include.ALWAYS) String previous,
            int size) {}

    static <T> CursorPage<T> of(List<T> data, int size, Function<? super T, Cursor> position) {
        if (data.isEmpty()) {
            return new CursorPage<>(data, new Meta(new Position(null, null, null, null, size)));
        }
        String first = position.apply(data.getFirst()).encode();
        String last = position.apply(data.getLast()).encode();
        String next = data.size() == size ? last : null;
        return new CursorPage<>(data, new Meta(new Position(first, last, next, null, size)));
    }

    /** The same page with every entry turned into what is shown of it. */
    public <V> CursorPage<V> map(Function<? super T, ? extends V> view) {
        return new CursorPage<>(data.stream().<V>map(view).toList(), meta);
    }
}
