package io.usance.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * Something that is asked through the gateway.
 *
 * @param name for people
 * @param request of a customer by its number
 */
record Question(String name, IntFunction<Request> request) {
    /**
     * @param path below {@link Api#BASE}
     * @param body empty for a GET
     */
    record Request(String path, String body) {}

    /**
     * Asks it once over a connection that stays open.
     *
     * @return nanoseconds from the first byte of the request to the last of the answer
     * @throws IllegalStateException if the answer is not 200
     */
    long ask(HttpConnection connection, int customer) {
        Request asked = request.apply(customer);
        byte[] body = asked.body().getBytes(StandardCharsets.UTF_8);
        byte[] head = connection.head("POST", Api.BASE + asked.path(), "application/json");
        try {
            long start = System.nanoTime();
            int status = body.length == 0
                    ? connection.get(Api.BASE + asked.path())
                    : connection.send(head, body, body.length);
            long took = System.nanoTime() - start;
            if (status != 200) {
                throw new IllegalStateException(name + " was answered with " + status + ": " + connection.body());
            }
            return took;
        } catch (IOException failure) {
            throw new IllegalStateException(name + " was not answered", failure);
        }
    }
}
