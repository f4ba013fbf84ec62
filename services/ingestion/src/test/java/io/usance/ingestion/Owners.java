package io.usance.ingestion;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The doors of catalog and subscription as ingestion sees them: what a test says is there, is there. */
public class Owners implements QuarkusTestResourceLifecycleManager {
    private static final Map<String, String> ANSWERS = new ConcurrentHashMap<>();
    private static final AtomicInteger CALLS = new AtomicInteger();

    /** @param path e.g. {@code /internal/meters/01…} */
    public static void answer(String path, String json) {
        ANSWERS.put(path, json);
    }

    /** How often an owner was asked so far. */
    public static int calls() {
        return CALLS.get();
    }

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", Owners::handle);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of("usance.catalog.url", url, "usance.subscription.url", url);
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private static void handle(HttpExchange exchange) throws IOException {
        CALLS.incrementAndGet();
        String answer = ANSWERS.get(exchange.getRequestURI().getPath());
        boolean isKnown = exchange.getRequestHeaders().containsKey("Authorization") && answer != null;
        byte[] body = isKnown ? answer.getBytes(StandardCharsets.UTF_8) : new byte[0];
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(isKnown ? 200 : 404, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
