package io.usance.runtime.list;

import java.util.List;
import java.util.function.Function;

/** A page of a list as it is sent. */
public record Page<T>(List<T> data, Meta meta) {
    /** Where in the list the page is. */
    public record Meta(Position page) {}

    /**
     * @param number from 1
     * @param size how many entries a page holds at most
     * @param total how many entries the whole list has
     */
    public record Position(int number, int size, long total) {}

    static <T> Page<T> of(List<T> data, int number, int size, long total) {
        return new Page<>(data, new Meta(new Position(number, size, total)));
    }

    /** The same page with every entry turned into what is shown of it. */
    public <V> Page<V> map(Function<? super T, ? extends V> view) {
        return new Page<>(data.stream().<V>map(view).toList(), meta);
    }
}
