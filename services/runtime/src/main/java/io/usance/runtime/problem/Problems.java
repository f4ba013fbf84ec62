package io.usance.runtime.problem;

import java.time.Duration;
import java.util.List;

/** Makes the refusals that a service answers with. */
public final class Problems {

    /** 404: there is no such thing in the caller's namespace, or its id is malformed. */
    public static ProblemException notFound(String what, String id) {
        return plain(ProblemType.NOT_FOUND, "no %s with id %s".formatted(what, id));
    }

    /** 400: the request is malformed; every fault that was found is listed. */
    public static ProblemException invalid(List<InvalidParameter> parameters) {
        String detail = parameters.size() == 1
                ? parameters.getFirst().field() + " " + parameters.getFirst().reason()
                : parameters.size() + " parameters are invalid, the first is "
                        + parameters.getFirst().field();
        return new ProblemException(ProblemType.BAD_REQUEST, detail, List.copyOf(parameters), null, null);
    }

    public static ProblemException invalid(InvalidParameter parameter) {
        return invalid(List.of(parameter));
    }

    /** 409: something else has the name, or the state does not allow it. */
    public static ProblemException conflict(String detail, Object... arguments) {
        return plain(ProblemType.RESOURCE_CONFLICT, detail.formatted(arguments));
    }

    /** 410: it was there and was deleted. */
    public static ProblemException gone(String what, String id) {
        return plain(ProblemType.GONE, "%s %s was deleted".formatted(what, id));
    }

    /** 503: nothing was taken; the same request may be sent again after {@code retryAfter}. */
    public static ProblemException unavailable(String detail, Duration retryAfter) {
        return new ProblemException(ProblemType.UNAVAILABLE, detail, null, null, retryAfter);
    }

    /** 429: more comes than can be worked through; the same request may be sent again after {@code retryAfter}. */
    public static ProblemException tooMany(String detail, Duration retryAfter) {
        return new ProblemException(ProblemType.RATE_LIMITED, detail, null, null, retryAfter);
    }

    /** A refusal without further fields. */
    public static ProblemException plain(ProblemType type, String detail) {
        return new ProblemException(type, detail, null, null, null);
    }

    /** The rules of the domain forbid it: the second shape, with one entry for each broken rule. */
    public static ProblemException refused(ProblemType type, List<ValidationError> errors) {
        return new ProblemException(type, errors.getFirst().message(), null, List.copyOf(errors), null);
    }

    public static ProblemException refused(ProblemType type, ValidationError error) {
        return refused(type, List.of(error));
    }

    private Problems() {}
}
