package io.usance.gateway.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.usance.contracts.access.TokenExchange.Identity;
import io.usance.gateway.access.BearerToken;
import io.usance.gateway.access.Identities;
import io.usance.gateway.problem.Problem;
import io.usance.gateway.problem.Refusals;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Signs browsers in and out: an access token is shown once, and from then on a cookie stands for it. */
@ApplicationScoped
class Sessions {
    private static final String PATH = "/session";

    /** Many times what a token takes. */
    private static final int BODY_SIZE_MAX = 4096;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What a sign-in sends. */
    private record SignIn(String token) {}

    @Inject
    Identities identities;

    @Inject
    SessionCookie cookie;

    @Inject
    SessionConfig config;

    @Inject
    Refusals refusals;

    @Inject
    Clock clock;

    void routes(@Observes Router router) {
        // Before the headers of pages: these answers have their own.
        int order = RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT - 2;
        router.route(PATH).order(order).handler(this::onlyOurPages);
        router.route(HttpMethod.POST, PATH)
                .order(order + 1)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_SIZE_MAX))
                .handler(this::signIn);
        router.route(HttpMethod.GET, PATH).order(order + 1).handler(this::show);
        router.route(HttpMethod.DELETE, PATH).order(order + 1).handler(this::signOut);
    }

    private void onlyOurPages(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Optional<Problem> refusal = SameOrigin.refusal(context.request());
        if (refusal.isPresent()) {
            refusals.answer(context, refusal.get());
        } else {
            context.next();
        }
    }

    private void signIn(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        // A form of another site cannot send JSON.
        if (type == null || !type.startsWith("application/json")) {
            refusals.answer(context, Problem.unsupportedMediaType("application/json"));
            return;
        }
        Optional<BearerToken> token = tokenIn(context);
        if (token.isEmpty()) {
            refusals.answer(
                    context, Problem.badRequest("send {\"token\": \"kpat_…\"}, an access token and nothing else"));
            return;
        }
        identities
                .of(token.get())
                .onSuccess(identity -> {
                    Session session = new Session(token.get(), end(identity));
                    Log.infof("session started token=%s", identity.tokenId());
                    context.response()
                            .putHeader(HttpHeaders.SET_COOKIE, cookie.keep(session, isHttps(context.request())));
                    answer(context, identity, session);
                })
                .onFailure(failure -> refusals.answer(context, failure));
    }

    private void show(RoutingContext context) {
        Optional<Session> session = cookie.read(context.request());
        if (session.isEmpty()) {
            refusals.answer(context, Problem.sessionOver(SessionCookie.forget()));
            return;
        }
        identities
                .of(session.get().token())
                .onSuccess(identity -> answer(context, identity, session.get()))
                .onFailure(failure -> refusals.answer(context, failure));
    }

    private void signOut(RoutingContext context) {
        context.response()
                .setStatusCode(204)
                .putHeader(HttpHeaders.SET_COOKIE, SessionCookie.forget())
                .end();
    }

    private Optional<BearerToken> tokenIn(RoutingContext context) {
        try {
            SignIn sent = JSON.readValue(context.body().asString(), SignIn.class);
            return sent == null || sent.token() == null ? Optional.empty() : BearerToken.of(sent.token());
        } catch (JsonProcessingException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Instant end(Identity identity) {
        Instant latest = clock.instant().plus(config.lifetimeMax()).truncatedTo(ChronoUnit.SECONDS);
        return identity.expiresAt() == null || latest.isBefore(identity.expiresAt()) ? latest : identity.expiresAt();
    }

    /** An ingress ends TLS for us; a caller who lies about it harms only the cookie that is his own. */
    private static boolean isHttps(HttpServerRequest request) {
        return request.isSSL() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }

    private static void answer(RoutingContext context, Identity identity, Session session) {
        JsonObject body = new JsonObject().put("name", identity.name());
        if (identity.namespace() != null) {
            body.put("namespace", identity.namespace());
        }
        List<String> roles = identity.roles().stream().sorted().toList();
        body.put("roles", new JsonArray(roles))
                .put("expires_at", session.endsAt().toString());
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.encode());
    }
}
