package io.usance.runtime.problem;

/** The kinds of problem that carry a type of their own on the wire. */
public enum ProblemType {
    BAD_REQUEST("bad-request", 400, "Bad Request"),
    UNAUTHENTICATED("unauthenticated", 401, "Unauthorized"),
    UNAUTHORIZED("unauthorized", 403, "Forbidden"),
    NOT_FOUND("not-found", 404, "Not Found"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method Not Allowed"),
    RESOURCE_CONFLICT("resource-conflict", 409, "Conflict"),
    GONE("gone", 410, "Gone"),
    PRECONDITION_FAILED("precondition-failed", 412, "Precondition Failed"),
    CONTENT_TOO_LARGE("bad-request", 413, "Content Too Large"),
    UNSUPPORTED_MEDIA_TYPE("bad-request", 415, "Unsupported Media Type"),
    RATE_LIMITED("rate-limited", 429, "Too Many Requests"),
    INTERNAL("internal", 500, "Internal Server Error"),
    UNAVAILABLE("unavailable", 503, "Service Unavailable");

    private static final String BASE = "https://kongapi.info/konnect/";

    private final String slug;
    private final int status;
    private final String title;

    ProblemType(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    public String uri() {
        return BASE + slug;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
