package io.usance.local;

import io.usance.testkit.KafkaBroker;
import io.usance.testkit.KafkaBroker.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Kafka broker of a local stack, or one of several: a process of its own, so that it can fail by itself. */
final class Broker {
    /**
     * @param arguments data folder; which of the cluster's nodes this is, from 1 on; port and controller's port of each node
     */
    public static void main(String... arguments) {
        Logs.plain();
        List<Node> cluster = new ArrayList<>();
        for (int i = 2; i < arguments.length; i += 2) {
            cluster.add(
                    new Node(cluster.size() + 1, Integer.parseInt(arguments[i]), Integer.parseInt(arguments[i + 1])));
        }
        Node self = cluster.get(Integer.parseInt(arguments[1]) - 1);
        KafkaBroker broker = KafkaBroker.start(Path.of(arguments[0]), self, cluster);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
        broker.awaitShutdown();
    }

    private Broker() {}
}
