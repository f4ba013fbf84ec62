package io.usance.gateway.forward;

import io.usance.gateway.problem.RequestId;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;

/** Makes the headers that a service gets, and those that its caller gets back. */
final class ForwardedHeaders {
    /** Headers that speak about one connection; what the connection's own list names comes on top. */
    private static final List<CharSequence> ONE_HOP = List.of(
            HttpHeaders.CONNECTION,
            HttpHeaders.KEEP_ALIVE,
            HttpHeaders.PROXY_AUTHENTICATE,
            HttpHeaders.PROXY_AUTHORIZATION,
            "proxy-connection",
            "http2-settings",
            "te",
            "trailer",
            HttpHeaders.UPGRADE);

    private static final List<String> TRACE = List.of("traceparent", "tracestate", "baggage");

    /** Replaces what a caller could have forged by what the gateway knows. */
    static void toUpstream(MultiMap headers, HttpServerRequest caller, String requestId, String signedToken) {
        dropOneHop(headers);
        headers.names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-forwarded-") || name.equals("forwarded") || name.equals("x-real-ip"))
                .toList()
                .forEach(headers::remove);
        // A session is between the browser and the gateway.
        headers.remove(HttpHeaders.COOKIE);
        // The gateway has answered it already.
        headers.remove(HttpHeaders.EXPECT);
        // The trace goes on with the gateway's own span; with the caller's beside it there would be two parents.
        TRACE.forEach(headers::remove);
        headers.set("X-Forwarded-For", caller.remoteAddress().hostAddress());
        headers.set("X-Forwarded-Proto", caller.scheme());
        if (caller.authority() != null) {
            headers.set("X-Forwarded-Host", caller.authority().toString());
        }
        headers.set(RequestId.HEADER, requestId);
        headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + signedToken);
    }

    static void toCaller(MultiMap headers, String requestId) {
        dropOneHop(headers);
        headers.set(RequestId.HEADER, requestId);
    }

    private static void dropOneHop(MultiMap headers) {
        headers.getAll(HttpHeaders.CONNECTION).stream()
                .flatMap(listed -> List.of(listed.split(",")).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList()
                .forEach(headers::remove);
        ONE_HOP.forEach(headers::remove);
    }

    private ForwardedHeaders() {}
}
