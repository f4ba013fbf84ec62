package io.usance.gateway.forward;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.usance.gateway.access.BearerToken;
import io.usance.gateway.access.Identities;
import io.usance.gateway.access.SignedTokens;
import io.usance.gateway.problem.Problem;
import io.usance.gateway.problem.Refusals;
import io.usance.gateway.route.ApiPath;
import io.usance.gateway.route.Route;
import io.usance.gateway.route.RouteTable;
import io.usance.gateway.session.SameOrigin;
import io.usance.gateway.session.Session;
import io.usance.gateway.session.SessionCookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;

/** Where requests to the API come in: looks up who answers, checks who asks, and passes them on. */
@ApplicationScoped
class Door {
    private static final String NO_ROUTE = "none";

    /** In the place of a status: the answer did not come to its end. */
    private static final String ABORTED = "aborted";

    @Inject
    Identities identities;

    @Inject
    SessionCookie cookie;

    @Inject
    SignedTokens signedTokens;

    @Inject
    Forwarding forwarding;

    @Inject
    Refusals refusals;

    @Inject
    LimitsConfig limits;

    @Inject
    Streams streams;

    @Inject
    MeterRegistry metrics;

    void routes(@Observes Router router) {
        for (String prefix : new String[] {"/v3/*", "/api/*"}) {
            router.route(prefix)
                    .order(RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT)
                    .handler(this::enter);
        }
    }

    private void enter(RoutingContext context) {
        Timer.Sample sample = Timer.start(metrics);
        HttpServerRequest request = context.request();
        Optional<ApiPath> path = ApiPath.parse(request.path());
        Optional<Route> route = path.flatMap(RouteTable::find);
        context.addEndHandler(end -> sample.stop(timer(route, context.response())));
        if (route.isEmpty()) {
            refusals.answer(context, Problem.notFound(request.path()));
            return;
        }
        Optional<Problem> unknown = unknown(request);
        if (unknown.isPresent()) {
            refusals.answer(context, unknown.get());
            return;
        }
        Optional<Problem> malformed = malformed(request);
        if (malformed.isPresent()) {
            refusals.answer(context, malformed.get());
            return;
        }
        if (route.get().isStream() && !streams.enter(context)) {
            refusals.answer(context, Problem.unavailable("too many streams are open; close one, or ask again later"));
            return;
        }
        // Nothing is read from the caller until it is known who it is.
        request.pause();
        identities
                .of(token(request).orElseThrow())
                .map(signedTokens::forCaller)
                .compose(signed -> forwarding.forward(context, route.get().upstream(), path.get(), signed))
                .onFailure(failure -> refusals.answer(context, failure));
    }

    /** The token that the caller shows, in the header or, behind our own pages, in the cookie of a session. */
    private Optional<BearerToken> token(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null ? cookie.read(request).map(Session::token) : BearerToken.parse(header);
    }

    /** Why it cannot even be asked whose token it is, if so. */
    private Optional<Problem> unknown(HttpServerRequest request) {
        boolean browser = request.getHeader(HttpHeaders.AUTHORIZATION) == null && cookie.isOn(request);
        Optional<Problem> foreign = browser ? SameOrigin.refusal(request) : Optional.empty();
        if (foreign.isPresent()) {
            return foreign;
        }
        return token(request).isPresent()
                ? Optional.empty()
                : Optional.of(browser ? Problem.sessionOver(SessionCookie.forget()) : Problem.tokenMissing());
    }

    /** What can be said about the body before it is read. */
    private Optional<Problem> malformed(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (encoding != null && !HttpHeaders.CHUNKED.toString().equalsIgnoreCase(encoding)) {
            return Optional.of(Problem.badRequest("Transfer-Encoding can only be chunked"));
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long sizeMax = limits.bodySizeMax().asLongValue();
        return length != null && Long.parseLong(length) > sizeMax
                ? Optional.of(Problem.bodyTooLarge(sizeMax))
                : Optional.empty();
    }

    private Timer timer(Optional<Route> route, HttpServerResponse response) {
        return Timer.builder("gateway.requests.answered")
                .tag("route", route.map(Route::id).orElse(NO_ROUTE))
                .tag("status", response.ended() ? Integer.toString(response.getStatusCode()) : ABORTED)
                .register(metrics);
    }
}
