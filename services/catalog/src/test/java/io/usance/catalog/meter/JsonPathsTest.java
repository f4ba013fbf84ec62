package io.usance.catalog.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathsTest {
    @ParameterizedTest
    @ValueSource(strings = {"$", "$.a", "$.a.b", "$['a b']", "$.a[0]", "$.a[-1]", "$.ä"})
    void a_path_to_one_value_can_be_used(String path) {
        assertThat(JsonPaths.fault(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$..a", "$.*", "$.a[*]", "$.a[?(@.b)]", "$.a[0:2]", "$.a[?(@.b =~ /(x+)+y/)]"})
    void a_path_to_several_values_cannot(String path) {
        assertThat(JsonPaths.fault(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.", "$.[", "$[", "$$"})
    void what_is_no_path_cannot(String path) {
        assertThat(JsonPaths.fault(path)).isPresent();
    }
}
