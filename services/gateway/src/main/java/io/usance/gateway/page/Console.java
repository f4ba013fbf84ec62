package io.usance.gateway.page;

import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.regex.Pattern;

/**
 * Shows the console. Its files are static resources like all others; only the addresses of its pages are no files, and
 * lead to the one page that the console is.
 */
@ApplicationScoped
class Console {
    private static final String PAGE = "/index.html";

    /** Instead of the console, where a build has none. */
    private static final String LEFT_OUT = "/left-out.html";

    /** No dot, so no file; and none of what has an owner. */
    private static final Pattern ADDRESS = Pattern.compile("/(?!(?:v3|api|docs|session|assets|q)(?:/|$))[^.]*");

    @Inject
    ConsoleConfig config;

    void routes(@Observes Router router) {
        boolean shown = config.enabled() && isBuiltIn();
        if (config.enabled() && !shown) {
            Log.warn("console left out of this build, because Node was missing");
        }
        router.route("/")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT + 2)
                .handler(context -> context.reroute(shown ? PAGE : LEFT_OUT));
        if (shown) {
            router.route()
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .order(RouteConstants.ROUTE_ORDER_AFTER_DEFAULT - 1)
                    .handler(Console::lead);
        }
    }

    private static boolean isBuiltIn() {
        return Thread.currentThread().getContextClassLoader().getResource("META-INF/resources" + PAGE) != null;
    }

    private static void lead(RoutingContext context) {
        HttpServerRequest request = context.request();
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        boolean person = accepted != null && accepted.contains("text/html");
        if (person && ADDRESS.matcher(request.path()).matches()) {
            context.reroute(PAGE);
        } else {
            context.next();
        }
    }
}
