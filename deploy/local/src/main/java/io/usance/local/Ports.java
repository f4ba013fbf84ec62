package io.usance.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The block of ports of one stack, all on loopback, counted from the one door that a user knows. */
record Ports(int first) {
    /** How far the last port of the block is from its first. */
    static final int WIDTH = 22;

    private static final int MANAGEMENT = 10;
    private static final int ATTEMPTS_MAX = 1_000;

    /** Some block that is free now. */
    static Ports anyFree() {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            if (IntStream.rangeClosed(first, first + WIDTH).allMatch(Ports::isFree)) {
                return new Ports(first);
            }
        }
        throw new Refusal("There are no " + WIDTH + " free ports in a row.");
    }

    int http(Service service) {
        return first + service.offset();
    }

    /** Health and metrics of a service. */
    int management(Service service) {
        return first + MANAGEMENT + service.offset();
    }

    int broker() {
        return first + 20;
    }

    int controller() {
        return first + 21;
    }

    int postgres() {
        return first + WIDTH;
    }

    /** Says which port is taken before anything is started. */
    void demandFree(Map<Integer, String> wanted) {
        wanted.forEach((port, who) -> {
            if (!isFree(port)) {
                throw new Refusal("Port " + port + " (" + who
                        + ") is taken: stop what listens there, or set USANCE_PORT"
                        + " to another first port (a stack uses the ports from USANCE_PORT to USANCE_PORT + " + WIDTH
                        + ", here " + first + " to " + (first + WIDTH) + ").");
            }
        });
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
