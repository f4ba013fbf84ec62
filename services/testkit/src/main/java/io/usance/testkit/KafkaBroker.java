package io.usance.testkit;

import io.usance.contracts.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker in this process: a node that is a controller, too, alone or one of several. It can stop and start on
 * the same ports.
 */
public final class KafkaBroker implements AutoCloseable {
    /** Largest record that it takes, in bytes. */
    public static final int RECORD_SIZE_MAX = Topics.RECORD_BYTES_MAX;

    /** Fixed: a folder that was formatted with one id refuses to start under another. */
    private static final String CLUSTER_ID = "usanceusanceusancelocA";

    /** Copies of each record that a cluster keeps, if it has that many nodes. */
    private static final int COPIES = 3;

    private final Path data;
    private final Node self;
    private final List<Node> cluster;
    private KafkaRaftServer server;

    private KafkaBroker(Path data, Node self, List<Node> cluster) {
        this.data = data;
        this.self = self;
        this.cluster = cluster;
    }

    /**
     * A node of a cluster on loopback.
     *
     * @param id 1 or more, different for each node
     */
    public record Node(int id, int port, int controllerPort) {
        /** host:port */
        public String bootstrap() {
            return "127.0.0.1:" + port;
        }

        private String voter() {
            return id + "@127.0.0.1:" + controllerPort;
        }
    }

    /**
     * Starts a broker on loopback.
     *
     * @param data kept folder of this broker; made if it is missing
     * @param port 0 for a free one
     * @param controllerPort 0 for a free one
     */
    public static KafkaBroker start(Path data, int port, int controllerPort) {
        Node alone = new Node(1, port == 0 ? freePort() : port, controllerPort == 0 ? freePort() : controllerPort);
        return start(data, alone, List.of(alone));
    }

    /**
     * Starts one node of a cluster; returns when more than half of the nodes have found one another.
     *
     * @param data kept folder of this node; made if it is missing
     * @param cluster all nodes, {@code self} among them
     */
    public static KafkaBroker start(Path data, Node self, List<Node> cluster) {
        KafkaBroker broker = new KafkaBroker(data, self, cluster);
        broker.start();
        return broker;
    }

    /** Starts again after {@link #close}, with the data and on the ports it had. */
    public void start() {
        Properties properties = properties();
        format(properties);
        server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        server.startup();
    }

    /** host:port */
    public String bootstrap() {
        return self.bootstrap();
    }

    /** Blocks until the broker has stopped by itself. */
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private Properties properties() {
        int copies = Math.min(COPIES, cluster.size());
        // One of three may die at any time, and what was acknowledged still has two copies.
        int inSync = Math.max(1, copies - 1);
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(self.id()));
        properties.put(
                "controller.quorum.voters", cluster.stream().map(Node::voter).collect(Collectors.joining(",")));
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + self.port() + ",CONTROLLER://127.0.0.1:" + self.controllerPort());
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + self.port());
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", data.resolve("log").toAbsolutePath().toString());
        properties.put("default.replication.factor", String.valueOf(copies));
        properties.put("min.insync.replicas", String.valueOf(inSync));
        properties.put("offsets.topic.replication.factor", String.valueOf(copies));
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", String.valueOf(copies));
        properties.put("transaction.state.log.num.partitions", "2");
        properties.put("transaction.state.log.min.isr", String.valueOf(inSync));
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("auto.create.topics.enable", "false");
        properties.put("message.max.bytes", String.valueOf(RECORD_SIZE_MAX));
        properties.put("log.cleaner.dedupe.buffer.size", "4194304");
        if (copies == 1) {
            // One broker has no second copy: what it acknowledges must be on disk, or a power cut takes it back.
            properties.put("log.flush.interval.messages", "1");
        }
        return properties;
    }

    private void format(Properties properties) {
        try {
            Files.createDirectories(data);
            Path config = data.resolve("server.properties");
            try (var out = Files.newOutputStream(config)) {
                properties.store(out, null);
            }
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            int exit = StorageTool.execute(
                    new String[] {"format", "--ignore-formatted", "-t", CLUSTER_ID, "-c", config.toString()},
                    new PrintStream(said, true, StandardCharsets.UTF_8));
            if (exit != 0) {
                throw new IllegalStateException("Kafka's folder could not be prepared: " + said);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Kafka's folder could not be prepared: " + data, failure);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
