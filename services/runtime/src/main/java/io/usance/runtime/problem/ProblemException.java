package io.usance.runtime.problem;

import java.time.Duration;
import java.util.List;

/** An expected refusal. Becomes a problem document; see {@link Problems} for how to make one. */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;
    private final transient List<InvalidParameter> invalidParameters;
    private final transient List<ValidationError> validationErrors;
    private final transient Duration retryAfter;

    ProblemException(
            ProblemType type,
            String detail,
            List<InvalidParameter> invalidParameters,
            List<ValidationError> validationErrors,
            Duration retryAfter) {
        // Refusals are part of the ordinary flow: no stack trace is taken.
        super(detail, null, false, false);
        this.type = type;
        this.invalidParameters = invalidParameters;
        this.validationErrors = validationErrors;
        this.retryAfter = retryAfter;
    }

    public ProblemType type() {
        return type;
    }

    /** What is wrong with the request's form; null when that is not the matter. */
    public List<InvalidParameter> invalidParameters() {
        return invalidParameters;
    }

    /** Which rules of the domain were broken; null when that is not the matter. */
    public List<ValidationError> validationErrors() {
        return validationErrors;
    }

    /** When to try again; null when trying again does not help. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The same problem with what lies at {@code path} in a larger body, e.g. {@code plans[2]}. */
    public ProblemException within(String path) {
        return new ProblemException(
                type,
                path + ": " + getMessage(),
                invalidParameters == null
                        ? null
                        : invalidParameters.stream()
                                .map(fault -> fault.within(path))
                                .toList(),
                validationErrors == null
                        ? null
                        : validationErrors.stream()
                                .map(error -> error.within(path))
                                .toList(),
                retryAfter);
    }
}
