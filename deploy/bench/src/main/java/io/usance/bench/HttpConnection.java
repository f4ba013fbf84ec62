package io.usance.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * One kept-alive connection for one thread. The client shares the machine with what it measures, so it does no more than
 * write bytes and read the answer: about a tenth of what a general client costs.
 */
final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Servers close what nobody used for a while; a load lasts longer. */
    private static final Duration IDLE_MAX = Duration.ofSeconds(30);

    private final InetSocketAddress address;
    private final String headers;
    private final byte[] in = new byte[BUFFER_BYTES];
    private byte[] out = new byte[BUFFER_BYTES];
    private byte[] body = new byte[BUFFER_BYTES];
    private int bodyLength;
    private int from;
    private int to;
    private long retryAfterSeconds;
    private boolean closing;
    private Socket socket;
    private long usedNanos;
    private InputStream input;
    private OutputStream output;

    /** @param token empty for none */
    HttpConnection(int port, String token) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.headers = " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n");
    }

    /** The request line and the headers of requests that differ in their bodies only. */
    byte[] head(String method, String path, String contentType) {
        return (method + " " + path + headers + "Content-Type: " + contentType + "\r\nContent-Length: ")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Status of a GET. */
    int get(String path) throws IOException {
        byte[] request = ("GET " + path + headers + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return exchange(request, request.length);
    }

    /**
     * Status of a request with a body.
     *
     * @param head of {@link #head}
     */
    int send(byte[] head, byte[] content, int length) throws IOException {
        byte[] size = (length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        int total = head.length + size.length + length;
        if (out.length < total) {
            out = new byte[total * 2];
        }
        System.arraycopy(head, 0, out, 0, head.length);
        System.arraycopy(size, 0, out, head.length, size.length);
        System.arraycopy(content, 0, out, head.length + size.length, length);
        return exchange(out, total);
    }

    /** What the last answer carried. */
    String body() {
        return new String(body, 0, bodyLength, StandardCharsets.UTF_8);
    }

    /** How long the last answer asks to wait; 0 when it does not. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    private int exchange(byte[] request, int length) throws IOException {
        try {
            if (System.nanoTime() - usedNanos > IDLE_MAX.toNanos()) {
                close();
            }
            if (socket == null) {
                connect();
            }
            output.write(request, 0, length);
            int status = answer();
            usedNanos = System.nanoTime();
            if (closing) {
                close();
            }
            return status;
        } catch (IOException broken) {
            close();
            throw broken;
        }
    }

    private void connect() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(address, TIMEOUT_MILLIS);
        input = socket.getInputStream();
        output = socket.getOutputStream();
        from = 0;
        to = 0;
    }

    private int answer() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        int length = 0;
        boolean chunked = false;
        retryAfterSeconds = 0;
        closing = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "retry-after" -> retryAfterSeconds = Long.parseLong(value);
                case "connection" -> closing = value.equalsIgnoreCase("close");
                default -> {
                    // Says nothing about where the answer ends.
                }
            }
        }
        bodyLength = 0;
        if (!chunked) {
            read(length);
            return status;
        }
        for (int chunk = chunk(); chunk > 0; chunk = chunk()) {
            read(chunk);
            line();
        }
        line();
        return status;
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    /** Adds the next bytes to the body. */
    private void read(int length) throws IOException {
        if (body.length < bodyLength + length) {
            body = Arrays.copyOf(body, (bodyLength + length) * 2);
        }
        for (int left = length; left > 0; ) {
            fill();
            int some = Math.min(left, to - from);
            System.arraycopy(in, from, body, bodyLength, some);
            bodyLength += some;
            from += some;
            left -= some;
        }
    }

    /** The next line without its end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            fill();
            int end = from;
            while (end < to && in[end] != '\n') {
                end++;
            }
            line.append(new String(in, from, end - from, StandardCharsets.ISO_8859_1));
            boolean whole = end < to;
            from = whole ? end + 1 : end;
            if (whole) {
                int last = line.length() - 1;
                if (last >= 0 && line.charAt(last) == '\r') {
                    line.setLength(last);
                }
                return line.toString();
            }
        }
    }

    private void fill() throws IOException {
        if (from < to) {
            return;
        }
        int read = input.read(in);
        if (read < 0) {
            throw new EOFException("the connection was closed within an answer");
        }
        from = 0;
        to = read;
    }
}
