package io.usance.gateway.page;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What all that a browser shows has in common. The files themselves are static resources. */
@ApplicationScoped
class Pages {
    /**
     * Everything comes from here, nothing runs that is not a file of ours, and nobody frames it. The console's
     * components place themselves by inline styles, which run nothing.
     */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Files below have their content in their name: what is behind a name never changes. */
    private static final String ASSETS = "/assets/";

    void routes(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT + 1).handler(Pages::harden);
        router.get("/docs").order(RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT + 2).handler(Pages::toDirectory);
    }

    private static void harden(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        context.addHeadersEndHandler(end -> {
            boolean lasting = context.request().path().startsWith(ASSETS)
                    && context.response().getStatusCode() < 400;
            // The next release has other files under the same names.
            headers.set(HttpHeaders.CACHE_CONTROL, lasting ? "public, max-age=31536000, immutable" : "no-cache");
        });
        context.next();
    }

    private static void toDirectory(RoutingContext context) {
        if (context.request().path().endsWith("/")) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(308)
                .putHeader(HttpHeaders.LOCATION, "/docs/")
                .end();
    }
}
