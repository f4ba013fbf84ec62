package io.usance.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.usance.contracts.catalog.Plan;
import io.usance.runtime.wire.WireFormat;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Catalog as this service sees it: a server of its own that answers which plan can be subscribed to. */
public class CatalogServer implements QuarkusTestResourceLifecycleManager {
    /** How the server behaves. */
    public enum Mood {
        ANSWERING,
        SILENT,
        BROKEN
    }

    private record Entry(String namespace, Plan plan, boolean archived) {}

    private static final ObjectMapper JSON = WireFormat.mapper();
    private static final List<Entry> PLANS = new CopyOnWriteArrayList<>();
    private static final AtomicInteger QUESTIONS = new AtomicInteger();
    private static volatile Mood mood = Mood.ANSWERING;

    private Vertx vertx;

    /** Publishes {@code plan} without telling anybody by an event. */
    public static Plan publish(String namespace, Plan plan) {
        PLANS.add(new Entry(namespace, plan, false));
        return plan;
    }

    /** Makes {@code plan} one that is known and cannot be subscribed to. */
    public static Plan archive(String namespace, Plan plan) {
        PLANS.removeIf(entry -> entry.plan().id().equals(plan.id()));
        PLANS.add(new Entry(namespace, plan, true));
        return plan;
    }

    public static void behave(Mood now) {
        mood = now;
    }

    /** How often the server was asked. */
    public static int questions() {
        return QUESTIONS.get();
    }

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(CatalogServer::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return Map.of("usance.catalog.url", "http://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void answer(HttpServerRequest request) {
        QUESTIONS.incrementAndGet();
        switch (mood) {
            case ANSWERING -> resolve(request);
            case BROKEN -> request.response().setStatusCode(500).end();
            case SILENT -> {
                // The client gives up by itself.
            }
        }
    }

    private static void resolve(HttpServerRequest request) {
        String namespace = namespace(request);
        Entry found = PLANS.stream()
                .filter(entry -> entry.namespace().equals(namespace) && isWanted(entry.plan(), request))
                .max(Comparator.comparingInt(entry -> entry.plan().version()))
                .orElse(null);
        if (!request.path().equals("/internal/plans/resolve") || found == null) {
            problem(request, 404, "no plan is like that");
        } else if (found.archived()) {
            problem(
                    request,
                    409,
                    "plan %s is archived and cannot be subscribed to"
                            .formatted(found.plan().key()));
        } else {
            request.response().putHeader("Content-Type", "application/json").end(write(found.plan()));
        }
    }

    private static boolean isWanted(Plan plan, HttpServerRequest request) {
        String version = request.getParam("version");
        return plan.id().equals(request.getParam("id"))
                || (plan.key().equals(request.getParam("key"))
                        && (version == null || version.equals(String.valueOf(plan.version()))));
    }

    private static void problem(HttpServerRequest request, int status, String detail) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("status", status)
                        .put("detail", detail)
                        .encode());
    }

    /** From the caller's token, which must have been passed on. */
    private static String namespace(HttpServerRequest request) {
        String token = request.getHeader("Authorization").substring("Bearer ".length());
        byte[] claims = Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.')));
        return new JsonObject(new String(claims, StandardCharsets.UTF_8)).getString("ns");
    }

    private static String write(Plan plan) {
        try {
            return JSON.writeValueAsString(plan);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }
}
