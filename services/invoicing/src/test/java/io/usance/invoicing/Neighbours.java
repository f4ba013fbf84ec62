package io.usance.invoicing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.function.Consumer;

/** The subscription and the ingestion service as invoicing meets them: HTTP servers that answer what the test says. */
public class Neighbours implements QuarkusTestResourceLifecycleManager {
    private static final Consumer<HttpServerRequest> AWAY =
            request -> request.connection().close();

    private static volatile Consumer<HttpServerRequest> subscription = AWAY;
    private static volatile Consumer<HttpServerRequest> ingestion = AWAY;

    private Vertx vertx;

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        return Map.of(
                "usance.subscription.url", listen(request -> subscription.accept(request)),
                "usance.ingestion.url", listen(request -> ingestion.accept(request)));
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    public static void subscriptionAnswers(String json) {
        subscription = request -> answer(request, 200, json);
    }

    public static void subscriptionKnowsNobody() {
        subscription = request -> answer(request, 404, "{}");
    }

    public static void subscriptionIsAway() {
        subscription = AWAY;
    }

    /** {@code handler} gets the question's body and gives the answer's. */
    public static void ingestionAnswers(java.util.function.UnaryOperator<String> handler) {
        ingestion = request -> request.body().onSuccess(body -> answer(request, 200, handler.apply(body.toString())));
    }

    public static void ingestionRefuses() {
        ingestion = request -> answer(request, 404, "{}");
    }

    public static void ingestionIsAway() {
        ingestion = AWAY;
    }

    private static void answer(HttpServerRequest request, int status, String json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json);
    }

    private String listen(io.vertx.core.Handler<HttpServerRequest> handler) {
        HttpServer server = vertx.createHttpServer().requestHandler(handler);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        return "http://127.0.0.1:" + server.actualPort();
    }
}
