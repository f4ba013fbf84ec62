package io.usance.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** What the stack's own broker takes of Kafka's own {@code kafka-producer-perf-test} with {@code acks=all}. */
final class KafkaLimit {
    /** The topic of the events, whose partitions are copied. */
    static final String EVENTS = "usance.events";

    private static final String TOPIC = "usance.bench";
    private static final String MAIN = "org.apache.kafka.tools.ProducerPerformance";
    private static final Pattern RATE = Pattern.compile("([0-9]+) records sent, ([0-9.,]+) records/sec");

    /** A first look, so that a slow broker is not kept busy for many minutes. */
    private static final int PILOT_SHARE = 50;

    private static final int SECONDS_WANTED = 30;

    private final Stack stack;
    private final boolean flush;

    /** @param flush whether what is acknowledged is on disk */
    KafkaLimit(Stack stack, boolean flush) {
        this.stack = stack;
        this.flush = flush;
    }

    /**
     * Records a second, on a topic that has as many partitions as that of the events.
     *
     * @param recordsMax at least {@value #PILOT_SHARE}; fewer are sent when these would take more than about
     *     {@value #SECONDS_WANTED} s
     */
    double recordsPerSecond(int recordBytes, long recordsMax) {
        try (Admin admin = stack.admin()) {
            int partitions = admin.describeTopics(List.of(EVENTS))
                    .allTopicNames()
                    .get()
                    .get(EVENTS)
                    .partitions()
                    .size();
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(partitions), Optional.empty())
                            .configs(Map.of("max.message.bytes", "8388608"))))
                    .all()
                    .get();
            stack.flushTopic(TOPIC, flush);
            long pilot = Math.max(1, recordsMax / PILOT_SHARE);
            double first = measure(recordBytes, pilot);
            double rate = measure(recordBytes, Math.max(pilot, Math.min(recordsMax, (long) (first * SECONDS_WANTED))));
            admin.deleteTopics(List.of(TOPIC)).all().get();
            return rate;
        } catch (ExecutionException | IOException failure) {
            throw new IllegalStateException("Kafka's limit could not be taken", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** In a process of its own, as from the command line; all but {@code acks} is as Kafka has it by default. */
    private double measure(int recordBytes, long records) throws IOException, InterruptedException {
        Path said = Files.createTempFile("producer-perf-test", ".log");
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MAIN,
                            "--topic",
                            TOPIC,
                            "--num-records",
                            String.valueOf(records),
                            "--record-size",
                            String.valueOf(recordBytes),
                            "--throughput",
                            "-1",
                            "--producer-props",
                            "bootstrap.servers=" + stack.kafkaBootstrap(),
                            "acks=all",
                            "max.request.size=8388608")
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            int exit = process.waitFor();
            String output = Files.readString(said, StandardCharsets.UTF_8);
            return rate(output)
                    .filter(rate -> exit == 0)
                    .orElseThrow(() -> new IOException("producer-perf-test ended with " + exit + ": " + output));
        } finally {
            Files.delete(said);
        }
    }

    /** The rate of the whole run, which is said last. */
    static Optional<Double> rate(String output) {
        Optional<Double> rate = Optional.empty();
        for (Matcher line = RATE.matcher(output); line.find(); ) {
            rate = Optional.of(Double.parseDouble(line.group(2).replace(',', '.')));
        }
        return rate;
    }
}
