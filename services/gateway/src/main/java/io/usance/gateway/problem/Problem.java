package io.usance.gateway.problem;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/**
 * A refusal of the gateway's own, in the shape that the services use for theirs.
 *
 * @param slug kind of problem, the end of its type's URI
 * @param status HTTP status that goes with it
 * @param detail for a person: what is wrong and the way out
 * @param headers further headers of the response
 */
public record Problem(String slug, int status, String title, String detail, Map<String, String> headers) {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final String TYPE_BASE = "https://kongapi.info/konnect/";

    /** A restarting service is back within seconds, and requests are cheap. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** 400: the request cannot be passed on as it is. */
    public static Problem badRequest(String detail) {
        return new Problem("bad-request", 400, "Bad Request", detail, Map.of());
    }

    /** 401: no access token, or something that cannot be one. */
    public static Problem tokenMissing() {
        return unauthenticated("send an access token in the header Authorization: Bearer <token>", "Bearer");
    }

    /** 401: a token that is unknown, revoked or expired. Which of them is nobody's business. */
    public static Problem tokenRefused() {
        return unauthenticated("the access token is unknown, revoked or expired", "Bearer error=\"invalid_token\"");
    }

    /** 401: a browser that is not signed in, or no longer; {@code forget} makes it forget the session that it shows. */
    public static Problem sessionOver(String forget) {
        return new Problem(
                "unauthenticated",
                401,
                "Unauthorized",
                "there is no session, or it has ended: sign in with an access token",
                Map.of("WWW-Authenticate", "Bearer", "Set-Cookie", forget));
    }

    /** 403: another site has made the browser send this. */
    public static Problem foreignSite() {
        return new Problem(
                "unauthorized",
                403,
                "Forbidden",
                "a session counts for requests of our own pages only; elsewhere send an access token in the header "
                        + "Authorization",
                Map.of());
    }

    /** 404: nothing is served under this path. */
    public static Problem notFound(String path) {
        return new Problem("not-found", 404, "Not Found", "there is no such path: " + path, Map.of());
    }

    /** 408: the body did not arrive within {@code limit}. */
    public static Problem bodyTooSlow(Duration limit) {
        return new Problem(
                "bad-request",
                408,
                "Request Timeout",
                "the body did not arrive within " + limit.toSeconds() + " s",
                Map.of("Connection", "close"));
    }

    /** 413: the body has more than {@code limit} bytes. */
    public static Problem bodyTooLarge(long limit) {
        return new Problem(
                "bad-request", 413, "Content Too Large", "the body has more than " + limit + " bytes", Map.of());
    }

    /** 415: the body is not of the one type that is read here. */
    public static Problem unsupportedMediaType(String accepted) {
        return new Problem("bad-request", 415, "Unsupported Media Type", "the body must be " + accepted, Map.of());
    }

    /** 500: a bug; {@code errorId} finds it in the log. */
    public static Problem internal(String errorId) {
        return new Problem(
                "internal",
                500,
                "Internal Server Error",
                "something went wrong here; quote error " + errorId,
                Map.of());
    }

    /** 503: a service that is needed does not answer. */
    public static Problem unavailable(String detail) {
        return new Problem("unavailable", 503, "Service Unavailable", detail, retryAfter());
    }

    /** 504: the service has the request and its answer did not come in time. */
    public static Problem answerTooSlow(String detail) {
        return new Problem("unavailable", 504, "Gateway Timeout", detail, retryAfter());
    }

    /** The document that is sent for the request called {@code requestId}. */
    String json(String requestId) {
        return new JsonObject()
                .put("type", TYPE_BASE + slug)
                .put("status", status)
                .put("title", title)
                .put("instance", "urn:request:" + requestId)
                .put("detail", detail)
                .encode();
    }

    private static Problem unauthenticated(String detail, String challenge) {
        return new Problem("unauthenticated", 401, "Unauthorized", detail, Map.of("WWW-Authenticate", challenge));
    }

    private static Map<String, String> retryAfter() {
        return Map.of("Retry-After", Long.toString(RETRY_AFTER.toSeconds()));
    }
}
