package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/echo", exchange -> answer(exchange, 200, false));
        server.createContext("/chunked", exchange -> answer(exchange, 200, true));
        server.createContext("/busy", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "7");
            answer(exchange, 503, false);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void answers_are_read_to_their_end_whichever_way_it_is_told() throws IOException {
        byte[] large = "é".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        byte[] small = "{}".getBytes(StandardCharsets.UTF_8);
        try (HttpConnection connection = connection()) {
            for (String path : new String[] {"/echo", "/chunked", "/echo"}) {
                byte[] head = connection.head("POST", path, "text/plain");
                assertThat(connection.send(head, large, large.length)).isEqualTo(200);
                assertThat(connection.body()).isEqualTo("Bearer t " + "é".repeat(100_000));
                assertThat(connection.send(head, small, small.length)).isEqualTo(200);
                assertThat(connection.body()).isEqualTo("Bearer t {}");
                assertThat(connection.get(path)).isEqualTo(200);
                assertThat(connection.body()).isEqualTo("Bearer t ");
            }
        }
    }

    @Test
    void who_is_busy_says_how_long() throws IOException {
        try (HttpConnection connection = connection()) {
            assertThat(connection.get("/busy")).isEqualTo(503);
            assertThat(connection.retryAfterSeconds()).isEqualTo(7);
            assertThat(connection.get("/echo")).isEqualTo(200);
            assertThat(connection.retryAfterSeconds()).isZero();
        }
    }

    private HttpConnection connection() {
        return new HttpConnection(server.getAddress().getPort(), "t");
    }

    private static void answer(HttpExchange exchange, int status, boolean chunked) throws IOException {
        byte[] asked = exchange.getRequestBody().readAllBytes();
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] answer = (token + " " + new String(asked, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, chunked ? 0 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
