package io.usance.local;

import io.usance.testkit.KafkaBroker;
import java.nio.file.Path;

/** The Kafka broker of a local stack: a process of its own, so that it can fail by itself. */
final class Broker {
    /**
     * @param arguments data folder, port, controller's port
     */
    public static void main(String... arguments) {
        Logs.plain();
        KafkaBroker broker = KafkaBroker.start(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
        broker.awaitShutdown();
    }

    private Broker() {}
}
