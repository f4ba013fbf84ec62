package io.usance.gateway.session;

import io.usance.gateway.problem.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells requests of our own pages from those that another site makes a browser send. Cookies are what a browser adds
 * by itself, so this matters for them alone; that they are same-site strict is the first wall, and this the second.
 */
public final class SameOrigin {
    /** What browsers say of a request of the page itself, and of one that a person typed. */
    private static final Set<String> OURS = Set.of("same-origin", "none");

    /** Why the request is refused, if it is. */
    public static Optional<Problem> refusal(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OURS.contains(site)) {
            return Optional.of(Problem.foreignSite());
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean reads = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        return reads || origin == null || isOwn(origin, request)
                ? Optional.empty()
                : Optional.of(Problem.foreignSite());
    }

    /** A browser lets no other site set these two headers, so an ingress may have renamed us. */
    private static boolean isOwn(String origin, HttpServerRequest request) {
        return Stream.of(request.getHeader(HttpHeaders.HOST), request.getHeader("X-Forwarded-Host"))
                .anyMatch(host -> host != null && host.equalsIgnoreCase(authority(origin)));
    }

    private static String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private SameOrigin() {}
}
