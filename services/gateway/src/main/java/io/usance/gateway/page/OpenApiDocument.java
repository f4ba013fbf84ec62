package io.usance.gateway.page;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Serves the description of the public API, as YAML and as JSON, to everybody. */
@ApplicationScoped
class OpenApiDocument {
    private static final String RESOURCE = "openapi/usance.yaml";

    @Inject
    Vertx vertx;

    private volatile Future<Buffer> json;

    void routes(@Observes Router router) {
        for (String prefix : new String[] {"", "/api"}) {
            serve(router, prefix + "/v3/openapi.yaml", this::sendYaml);
            serve(router, prefix + "/v3/openapi.json", this::sendJson);
        }
    }

    private static void serve(Router router, String path, io.vertx.core.Handler<RoutingContext> handler) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT - 1)
                .handler(handler);
    }

    private void sendYaml(RoutingContext context) {
        send(context, "application/yaml", vertx.executeBlocking(OpenApiDocument::yaml));
    }

    private void sendJson(RoutingContext context) {
        send(context, "application/json", json());
    }

    private static void send(RoutingContext context, String type, Future<Buffer> document) {
        document.onSuccess(body -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, type)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .end(body))
                .onFailure(context::fail);
    }

    /** Translated at the first request, so that the start does not wait for it; twice at worst. */
    private Future<Buffer> json() {
        Future<Buffer> known = json;
        if (known == null || known.failed()) {
            known = vertx.executeBlocking(OpenApiDocument::translate);
            json = known;
        }
        return known;
    }

    private static Buffer translate() throws IOException {
        var tree = YAMLMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(yaml().getBytes());
        return Buffer.buffer(new ObjectMapper().writeValueAsBytes(tree));
    }

    private static Buffer yaml() {
        try (InputStream document =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(RESOURCE)) {
            if (document == null) {
                throw new IllegalStateException(RESOURCE + " is not on the classpath");
            }
            return Buffer.buffer(document.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
