package io.usance.runtime.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * A rule of the domain that a well-formed request broke.
 *
 * @param code stable, for programs, e.g. {@code plan_with_no_phases}
 * @param message for a person: what is wrong and the way out
 * @param field path into the body or the resource, null when none fits
 * @param attributes further facts, e.g. the ids that stand in the way; may be empty
 */
public record ValidationError(
        String code,
        String message,
        String field,

        @JsonAnyGetter @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, Object> attributes) {
    public ValidationError(String code, String message, String field) {
        this(code, message, field, Map.of());
    }

    ValidationError within(String path) {
        return new ValidationError(code, message, field == null ? path : path + "." + field, attributes);
    }
}
