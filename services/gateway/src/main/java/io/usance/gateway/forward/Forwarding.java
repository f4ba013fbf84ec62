package io.usance.gateway.forward;

import io.usance.gateway.problem.Problem;
import io.usance.gateway.problem.Refusal;
import io.usance.gateway.problem.RequestId;
import io.usance.gateway.route.ApiPath;
import io.usance.gateway.route.Upstream;
import io.usance.gateway.route.UpstreamConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Streams a request to the service that answers it, and the answer back, within limits and deadlines. */
@ApplicationScoped
class Forwarding {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final UpstreamConfig upstreams;
    private final LimitsConfig limits;
    private final UpstreamHealth health;
    private final HttpClient client;

    @Inject
    Forwarding(Vertx vertx, UpstreamConfig upstreams, LimitsConfig limits, UpstreamHealth health) {
        this.vertx = vertx;
        this.upstreams = upstreams;
        this.limits = limits;
        this.health = health;
        client = vertx.createHttpClient(upstreams.client(), upstreams.pool());
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /**
     * Completes when the answer has gone out whole. Fails with a {@link Refusal} when there is none: 413, 408, 503 (the
     * service is away) or 504 (it is late).
     *
     * @param signedToken what the service gets in place of the caller's access token
     */
    Future<Void> forward(RoutingContext context, Upstream upstream, ApiPath path, String signedToken) {
        HttpServerRequest caller = context.request();
        if (caller.response().closed()) {
            return refused(Problem.badRequest("the caller went away"));
        }
        RequestOptions target = upstreams
                .address(upstream)
                .setMethod(caller.method())
                .setURI(caller.query() == null ? path.toString() : path + "?" + caller.query())
                .setConnectTimeout(upstreams.queueDeadline().toMillis());
        return client.request(target)
                .recover(cause -> {
                    health.lost(upstream, "unreachable", cause);
                    return refused(Problem.unavailable(
                            upstream.id() + " is not available right now; nothing was taken, try again"));
                })
                .compose(request -> new Passage(context, upstream, request).run(target.getURI(), signedToken));
    }

    private static <T> Future<T> refused(Problem problem) {
        return Future.failedFuture(new Refusal(problem));
    }

    /** One request on its way. Lives on the event loop of the caller's connection. */
    private final class Passage {
        private final HttpServerRequest caller;
        private final Upstream upstream;
        private final HttpClientRequest request;
        private final String requestId;
        private long timer = NO_TIMER;
        private boolean answered;
        /** Why we gave up on it ourselves; null while we did not. */
        private Problem givenUp;

        Passage(RoutingContext context, Upstream upstream, HttpClientRequest request) {
            this.caller = context.request();
            this.upstream = upstream;
            this.request = request;
            this.requestId = RequestId.of(context);
        }

        Future<Void> run(String uri, String signedToken) {
            ProxyRequest proxied = ProxyRequest.reverseProxy(caller).setURI(uri);
            long sizeMax = limits.bodySizeMax().asLongValue();
            proxied.setBody(Body.body(
                    new WatchedBody(caller, sizeMax, new WatchedBody.Watcher() {
                        @Override
                        public void whole() {
                            awaitAnswer();
                        }

                        @Override
                        public void tooLarge() {
                            givenUp = Problem.bodyTooLarge(sizeMax);
                        }
                    }),
                    proxied.getBody().length()));
            ForwardedHeaders.toUpstream(proxied.headers(), caller, requestId, signedToken);
            if (caller.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
                caller.response().writeContinue();
            }
            // Whatever breaks ends in the answer, too; without a handler it would be logged as an error on top.
            request.exceptionHandler(failure -> {});
            giveUpAfter(limits.bodyDurationMax(), () -> givenUp = Problem.bodyTooSlow(limits.bodyDurationMax()));
            return proxied.send(request)
                    .onComplete(head -> {
                        answered = true;
                        vertx.cancelTimer(timer);
                    })
                    .recover(this::broken)
                    .compose(this::answer);
        }

        private Future<Void> answer(ProxyResponse response) {
            health.answered(upstream);
            ForwardedHeaders.toCaller(response.headers(), requestId);
            Body body = response.getBody();
            response.setBody(Body.body(
                    new WatchedBody(body.stream(), Long.MAX_VALUE, new WatchedBody.Watcher() {
                        @Override
                        public void broken(Runnable tellReader) {
                            health.cut(upstream);
                            // The reader is not told: it would reset the response, and a response that is reset
                            // is never reported as ended, so that a shutdown would wait for it in vain.
                            caller.connection().close();
                        }
                    }),
                    body.length()));
            // When the caller breaks it off there is nobody left to tell.
            return response.send().otherwiseEmpty();
        }

        private Future<ProxyResponse> broken(Throwable cause) {
            if (givenUp != null) {
                return refused(givenUp);
            }
            if (caller.response().closed()) {
                // The service is not to blame.
                return refused(Problem.badRequest("the caller went away"));
            }
            health.lost(upstream, "broken", cause);
            return refused(Problem.unavailable("the connection to " + upstream.id()
                    + " broke before it answered; whether the request was carried out is not known"));
        }

        /** The service has all of the request: from now on it is its time that runs. */
        private void awaitAnswer() {
            if (!answered) {
                vertx.cancelTimer(timer);
                giveUpAfter(upstreams.answerDeadline(), () -> {
                    health.late(upstream);
                    givenUp = Problem.answerTooSlow(upstream.id() + " did not answer within "
                            + upstreams.answerDeadline().toSeconds()
                            + " s; whether the request was carried out is not known");
                });
            }
        }

        private void giveUpAfter(Duration deadline, Runnable reason) {
            timer = vertx.setTimer(deadline.toMillis(), late -> {
                reason.run();
                request.reset();
            });
        }
    }
}
