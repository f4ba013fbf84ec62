package io.usance.gateway;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process behind the gateway, in so far as the gateway can tell: an HTTP server that answers with what it got. The
 * query parameter {@code do} makes it misbehave.
 */
public final class ForeignService {
    /** Size of one piece of a streamed answer, in bytes. */
    private static final int PIECE = 64 * 1024;

    /** The longest request line it takes, in bytes; the gateway's limit. */
    private static final int LINE_MAX = 16 * 1024;

    /** What a request looked like when it arrived. */
    public record Seen(String method, String uri, MultiMap headers) {}

    private final Vertx vertx;
    private final String name;
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> received = new ConcurrentHashMap<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final Map<String, Handler<HttpServerRequest>> special = new ConcurrentHashMap<>();
    private HttpServer server;
    private int port;

    ForeignService(Vertx vertx, String name) {
        this.vertx = vertx;
        this.name = name;
    }

    /** Listens, on the port it had before if there was one. */
    public synchronized void start() {
        try {
            server = vertx.createHttpServer(new HttpServerOptions().setMaxInitialLineLength(LINE_MAX))
                    .requestHandler(this::take)
                    .listen(port, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            port = server.actualPort();
        } catch (Exception failure) {
            throw new IllegalStateException(name + " did not start", failure);
        }
    }

    /** Closes the port and every connection. */
    public synchronized void stop() {
        try {
            server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException(name + " did not stop", failure);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Answers requests to exactly this path in another way. */
    void answer(String path, Handler<HttpServerRequest> handler) {
        special.put(path, handler);
    }

    /** Every request so far. */
    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Bytes of the body that have arrived for the request with this id. */
    public long received(String requestId) {
        return received.getOrDefault(requestId, new AtomicLong()).get();
    }

    /** Ids of the requests whose connection broke before they were complete or answered. */
    public List<String> broken() {
        return List.copyOf(broken);
    }

    private void take(HttpServerRequest request) {
        seen.add(new Seen(
                request.method().name(),
                request.uri(),
                MultiMap.caseInsensitiveMultiMap().addAll(request.headers())));
        String id = String.valueOf(request.getHeader("X-Request-Id"));
        request.exceptionHandler(gone -> broken.add(id));
        request.response().exceptionHandler(gone -> broken.add(id));
        String misbehaviour = request.getParam("do", "echo");
        Handler<HttpServerRequest> own = special.get(request.path());
        if (own != null) {
            own.handle(request);
            return;
        }
        switch (misbehaviour) {
            case "hang" -> request.resume();
            case "die" -> request.connection().close();
            case "die-midway" -> dieMidway(request);
            case "stream" -> stream(request, Long.parseLong(request.getParam("bytes")));
            case "tail" -> tail(request);
            case "empty" -> request.response().setStatusCode(204).end();
            case "refuse" -> request.response().setStatusCode(409).end("no");
            case "hop" ->
                request.response()
                        .putHeader("Connection", "X-Internal")
                        .putHeader("X-Internal", "1")
                        .putHeader("Keep-Alive", "timeout=5")
                        .putHeader("X-Kept", "1")
                        .end("ok");
            default -> echo(request, id);
        }
    }

    private void echo(HttpServerRequest request, String id) {
        AtomicLong size = received.computeIfAbsent(id, key -> new AtomicLong());
        request.handler(piece -> size.addAndGet(piece.length()));
        request.endHandler(end -> {
            JsonObject headers = new JsonObject();
            for (String header : request.headers().names()) {
                headers.put(
                        header.toLowerCase(java.util.Locale.ROOT),
                        request.headers().getAll(header));
            }
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject()
                            .put("service", name)
                            .put("method", request.method().name())
                            .put("uri", request.uri())
                            .put("size", size.get())
                            .put("headers", headers)
                            .encode());
        });
    }

    private void dieMidway(HttpServerRequest request) {
        request.response()
                .setChunked(true)
                .write("half of what was meant to c")
                .onComplete(written -> request.connection().close());
    }

    /** Says something each half a second, for ever. */
    private void tail(HttpServerRequest request) {
        request.response().setChunked(true);
        AtomicLong pieces = new AtomicLong();
        long timer =
                vertx.setPeriodic(1, 500, tick -> request.response().write("piece " + pieces.incrementAndGet() + "\n"));
        request.response().closeHandler(closed -> vertx.cancelTimer(timer));
    }

    private void stream(HttpServerRequest request, long bytes) {
        request.response().setChunked(true);
        write(request, bytes);
    }

    private void write(HttpServerRequest request, long left) {
        if (left == 0) {
            request.response().end();
            return;
        }
        int size = (int) Math.min(left, PIECE);
        request.response().write(Buffer.buffer(new byte[size])).onSuccess(next -> write(request, left - size));
    }
}
