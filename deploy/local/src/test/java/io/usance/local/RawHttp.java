package io.usance.local;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A caller that sends a request line as it is, so that no client library tidies it up. */
final class RawHttp {
    private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

    /** The whole answer, head and body, to a request without a body. */
    static String exchange(URI door, String method, String target, String token) throws IOException {
        try (Socket socket = new Socket(door.getHost(), door.getPort())) {
            socket.setSoTimeout(Math.toIntExact(SILENCE_MAX.toMillis()));
            String head = "%s %s HTTP/1.1\r\nHost: door\r\nConnection: close\r\nAuthorization: Bearer %s\r\n"
                    .formatted(method, target, token);
            socket.getOutputStream().write((head + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private RawHttp() {}
}
