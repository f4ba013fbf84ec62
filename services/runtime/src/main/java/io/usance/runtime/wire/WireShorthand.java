package io.usance.runtime.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Puts a body that uses an accepted shorthand into the form that the schema has. Implementations have a constructor
 * without arguments, keep no state, leave alone what they do not know, and never fail on odd input: the check that
 * follows says what is wrong.
 */
public interface WireShorthand {
    /** The body in its long form; may change {@code body} in place. */
    JsonNode expand(JsonNode body);

    /** No shorthand is accepted. */
    final class None implements WireShorthand {
        @Override
        public JsonNode expand(JsonNode body) {
            return body;
        }
    }
}
