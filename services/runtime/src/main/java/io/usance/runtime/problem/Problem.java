package io.usance.runtime.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A problem document as it is sent, in one of the wire's two shapes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        int status,
        String title,
        String instance,
        String detail,
        List<InvalidParameter> invalidParameters,
        Extensions extensions) {

    static final String CONTENT_TYPE = "application/problem+json";

    record Extensions(@JsonProperty("validationErrors") List<ValidationError> validationErrors) {}
}
