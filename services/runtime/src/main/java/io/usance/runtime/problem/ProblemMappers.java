package io.usance.runtime.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.usance.runtime.ids.Ids;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request into a problem document. */
public class ProblemMappers {
    /** Header with the id that the gateway gave the request. */
    static final String REQUEST_ID = "X-Request-Id";

    @Inject
    Ids ids;

    @Inject
    MeterRegistry metrics;

    void start(@Observes StartupEvent event) {
        for (ProblemType type : ProblemType.values()) {
            sent(type);
        }
    }

    private Counter sent(ProblemType type) {
        return metrics.counter("http.problems.sent", "type", type.name().toLowerCase(Locale.ROOT));
    }

    @ServerExceptionMapper
    public Response refused(ProblemException refusal, HttpServerRequest request) {
        boolean domain = refusal.validationErrors() != null;
        ProblemType type = refusal.type();
        sent(type).increment();
        Problem problem = new Problem(
                domain ? "about:blank" : type.uri(),
                type.status(),
                type.title(),
                instance(request),
                refusal.getMessage(),
                refusal.invalidParameters(),
                domain ? new Problem.Extensions(refusal.validationErrors()) : null);
        Response.ResponseBuilder response =
                Response.status(type.status()).type(Problem.CONTENT_TYPE).entity(problem);
        if (refusal.retryAfter() != null) {
            response.header(HttpHeaders.RETRY_AFTER, wholeSeconds(refusal.retryAfter()));
        }
        return response.build();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response unauthenticated(SecurityException failure, HttpServerRequest request) {
        return refused(
                Problems.plain(
                        ProblemType.UNAUTHENTICATED,
                        "send a valid access token in the header Authorization: Bearer <token>"),
                request);
    }

    @ServerExceptionMapper
    public Response unauthorized(ForbiddenException failure, HttpServerRequest request) {
        return refused(
                Problems.plain(ProblemType.UNAUTHORIZED, "none of the token's roles allows this operation"), request);
    }

    @ServerExceptionMapper
    public Response framework(WebApplicationException failure, HttpServerRequest request) {
        int status = failure.getResponse().getStatus();
        return switch (status) {
            case 400 ->
                refused(
                        Problems.invalid(List.of(InvalidParameter.body("body", "invalid", "could not be read"))),
                        request);
            case 404 ->
                refused(Problems.plain(ProblemType.NOT_FOUND, "there is no such path: " + request.path()), request);
            case 405 ->
                refused(
                        Problems.plain(
                                ProblemType.METHOD_NOT_ALLOWED,
                                request.method() + " is not allowed on " + request.path()),
                        request);
            case 413 -> refused(Problems.plain(ProblemType.CONTENT_TOO_LARGE, "the body is too large"), request);
            case 406, 415 ->
                refused(
                        Problems.plain(
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                "this operation does not take or give that media type; Content-Type was "
                                        + request.getHeader(HttpHeaders.CONTENT_TYPE)),
                        request);
            default -> status < 500 ? failure.getResponse() : unexpected(failure, request);
        };
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable bug, HttpServerRequest request) {
        String errorId = ids.next();
        Log.errorf(bug, "request failed error=%s method=%s path=%s", errorId, request.method(), request.path());
        return refused(
                Problems.plain(ProblemType.INTERNAL, "something went wrong here; quote error " + errorId), request);
    }

    private String instance(HttpServerRequest request) {
        String requestId = request.getHeader(REQUEST_ID);
        return "urn:request:" + (requestId == null ? ids.next() : requestId);
    }

    private static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.toSeconds());
    }
}
