package io.usance.runtime.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.common.util.QuarkusMultivaluedHashMap;
import org.junit.jupiter.api.Test;

class RowsInMemoryTest {
    private static final ListSpec LIST = ListSpec.sortedBy("rank")
            .filterable("key", FieldKind.TEXT, "key")
            .sortable("key", "key")
            .sortable("rank", "rank");

    /** Rows that are nothing but their key; of none the rank is before that of another. */
    private static final List<String> ROWS = List.of("b", "a", "d", "Ca");

    @Test
    void they_are_filtered_as_those_of_a_table() {
        assertThat(picked(Map.of())).containsExactly("Ca", "a", "b", "d");
        assertThat(picked(Map.of("filter[key]", "b"))).containsExactly("b");
        assertThat(picked(Map.of("filter[key][neq]", "b"))).containsExactly("Ca", "a", "d");
        assertThat(picked(Map.of("filter[key][oeq]", "d,a,x"))).containsExactly("a", "d");
        assertThat(picked(Map.of("filter[key][contains]", "A"))).containsExactly("Ca", "a");
        assertThat(picked(Map.of("filter[key][ocontains]", "c,B"))).containsExactly("Ca", "b");
        assertThat(picked(Map.of("filter[key][gt]", "a"))).containsExactly("b", "d");
        assertThat(picked(Map.of("filter[key][gte]", "b"))).containsExactly("b", "d");
        assertThat(picked(Map.of("filter[key][lt]", "b"))).containsExactly("Ca", "a");
        assertThat(picked(Map.of("filter[key][lte]", "b"))).containsExactly("Ca", "a", "b");
        assertThat(picked(Map.of("filter[key][exists]", "true"))).hasSize(4);
        assertThat(picked(Map.of("filter[key][exists]", "false"))).isEmpty();
    }

    @Test
    void they_are_sorted_and_paged_as_those_of_a_table() {
        assertThat(picked(Map.of("sort", "key desc"))).containsExactly("d", "b", "a", "Ca");
        assertThat(picked(Map.of("sort", "key", "page[size]", "3", "page[number]", "2")))
                .containsExactly("d");
        assertThat(picked(Map.of("page[number]", "1000000", "page[size]", "1000")))
                .isEmpty();
        assertThat(pick(Map.of("page[size]", "1", "filter[key][neq]", "a"))
                        .meta()
                        .page())
                .isEqualTo(new Page.Position(1, 1, 3));
    }

    private static List<String> picked(Map<String, String> parameters) {
        return pick(parameters).data();
    }

    private static Page<String> pick(Map<String, String> parameters) {
        QuarkusMultivaluedHashMap<String, String> map = new QuarkusMultivaluedHashMap<>();
        parameters.forEach(map::putSingle);
        return LIST.parse(map).pick(ROWS, (row, expression) -> "rank".equals(expression) ? "" : row);
    }
}
