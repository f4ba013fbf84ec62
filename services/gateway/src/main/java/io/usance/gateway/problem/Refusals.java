package io.usance.gateway.problem;

import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;

/** Answers what the gateway itself refuses, and whatever goes wrong on the way. */
@ApplicationScoped
public class Refusals {
    @Inject
    Vertx vertx;

    @Inject
    RefusalConfig config;

    void routes(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 10).failureHandler(this::answerFailed);
        router.route()
                .order(RouteConstants.ROUTE_ORDER_AFTER_DEFAULT)
                .handler(context ->
                        answer(context, Problem.notFound(context.request().path())));
    }

    /** Ends the request with the problem that {@code failure} stands for; anything but a refusal is a bug. */
    public void answer(RoutingContext context, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            answer(context, refusal.problem());
            return;
        }
        String errorId = UUID.randomUUID().toString();
        HttpServerRequest request = context.request();
        Log.errorf(failure, "request failed error=%s method=%s path=%s", errorId, request.method(), request.path());
        answer(context, Problem.internal(errorId));
    }

    /** Ends the request with {@code problem}; an answer that has begun already is cut off instead. */
    public void answer(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            context.request().connection().close();
            return;
        }
        String requestId = RequestId.of(context);
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE)
                .putHeader(RequestId.HEADER, requestId);
        problem.headers().forEach(response::putHeader);
        response.end(problem.json(requestId));
        linger(context.request());
    }

    private void answerFailed(RoutingContext context) {
        boolean callers = context.statusCode() >= 400 && context.statusCode() < 500;
        if (context.failure() != null && !callers) {
            answer(context, context.failure());
        } else if (context.statusCode() == 404) {
            answer(context, Problem.notFound(context.request().path()));
        } else if (context.statusCode() == 413) {
            answer(
                    context,
                    new Problem(
                            "bad-request",
                            413,
                            "Content Too Large",
                            "the body is larger than anything that is read here",
                            Map.of()));
        } else {
            answer(context, Problem.badRequest("the request could not be read"));
        }
    }

    /**
     * Reads and drops what the caller still sends, for a while: closing at once would reset the connection, and the
     * caller might lose the answer over it.
     */
    private void linger(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        long timer = vertx.setTimer(
                config.lingerDuration().toMillis(), late -> request.connection().close());
        request.handler(null);
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.resume();
    }
}
