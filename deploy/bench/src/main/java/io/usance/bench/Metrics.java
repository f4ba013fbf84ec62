package io.usance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The metrics of all replicas of ingestion that a stack has when this is opened. */
final class Metrics implements AutoCloseable {
    private final List<HttpConnection> replicas = new ArrayList<>();

    Metrics(Stack stack) {
        for (int port : stack.ingestionManagementPorts()) {
            replicas.add(new HttpConnection(port, ""));
        }
    }

    /** What all of them have done together. */
    Counters read() {
        Counters all = new Counters(0, 0, 0);
        for (HttpConnection replica : replicas) {
            try {
                int status = replica.get("/q/metrics");
                if (status != 200) {
                    throw new IllegalStateException("the metrics were answered with " + status);
                }
                all = all.plus(Counters.of(replica.body()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        for (HttpConnection replica : replicas) {
            replica.close();
        }
    }
}
