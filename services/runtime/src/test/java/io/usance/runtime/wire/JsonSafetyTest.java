package io.usance.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.usance.runtime.problem.InvalidParameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonSafetyTest {
    @Test
    void ordinary_text_of_any_script_is_fine() throws JsonProcessingException {
        assertThat(faults("{\"a\": [\"ключ\", \"😀\", \"\\ud83d\\ude00\", \"\", 1.5, null]}"))
                .isEmpty();
    }

    @Test
    void nul_and_half_characters_are_named_wherever_they_are() throws JsonProcessingException {
        assertThat(faults("{\"a\": {\"b\": [\"x\", \"\\u0000\"]}, \"c\": \"\\ud83d\", \"d\": \"x\\ude00y\"}"))
                .extracting(InvalidParameter::field)
                .containsExactly("a.b[1]", "c", "d");
        assertThat(faults("{\"a\": {\"\\u0000\": 1, \"\\udc00\": 2}}"))
                .extracting(InvalidParameter::field)
                .containsExactly("a", "a");
        assertThat(faults("\"\\u0000\"")).extracting(InvalidParameter::field).containsExactly("body");
    }

    @Test
    void numbers_that_would_fill_pages_are_refused() throws JsonProcessingException {
        assertThat(faults("{\"a\": 1e999, \"b\": 1e1000, \"c\": 1e-1001, \"d\": -1e999999999}"))
                .extracting(InvalidParameter::field)
                .containsExactly("b", "c", "d");
    }

    @Test
    void what_nests_too_deep_is_refused_once() throws JsonProcessingException {
        int deepest = JsonSafety.NESTING_MAX;
        assertThat(faults("[".repeat(deepest) + "1" + "]".repeat(deepest))).isEmpty();
        assertThat(faults("{\"a\":".repeat(900) + "1" + "}".repeat(900)))
                .extracting(InvalidParameter::reason)
                .containsExactly("must not nest more than " + deepest + " deep");
    }

    private static List<InvalidParameter> faults(String json) throws JsonProcessingException {
        return JsonSafety.faults(WireFormat.mapper().readTree(json));
    }
}
