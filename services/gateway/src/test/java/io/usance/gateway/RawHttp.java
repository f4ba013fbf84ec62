package io.usance.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A caller that sends bytes as they are, so that no client library tidies them up. */
public final class RawHttp implements AutoCloseable {
    private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

    private final Socket socket;

    public RawHttp(URI gateway) throws IOException {
        socket = new Socket(gateway.getHost(), gateway.getPort());
        socket.setSoTimeout(Math.toIntExact(SILENCE_MAX.toMillis()));
    }

    /** One request without a body; the answer with everything up to the end of the connection. */
    public static String exchange(URI gateway, String requestLine, String... headers) throws IOException {
        try (RawHttp http = new RawHttp(gateway)) {
            StringBuilder head = new StringBuilder(requestLine).append("\r\nHost: gateway\r\nConnection: close\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            http.send(head.append("\r\n").toString());
            return http.readToEnd();
        }
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Everything until the other side closes. */
    public String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Everything up to and with {@code mark}; what there is when the other side closes before. */
    public String readUntil(String mark) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!read.toString(StandardCharsets.UTF_8).contains(mark)) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** Whether the other side has sent nothing and closed nothing for this long. */
    public boolean isSilentFor(Duration duration) throws IOException {
        socket.setSoTimeout(Math.toIntExact(duration.toMillis()));
        try {
            return socket.getInputStream().read() == Integer.MIN_VALUE;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(Math.toIntExact(SILENCE_MAX.toMillis()));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
