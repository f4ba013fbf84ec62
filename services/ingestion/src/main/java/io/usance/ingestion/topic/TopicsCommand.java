package io.usance.ingestion.topic;

import io.usance.contracts.Topics;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the topics that are missing, and leaves those alone that are there: before the services come, and as often as one
 * likes.
 *
 * <p>Reads the services' environment: {@code USANCE_KAFKA_BOOTSTRAP}, and every {@code KAFKA_…} as the client's setting of that
 * name, such as {@code KAFKA_SECURITY_PROTOCOL}. Beyond it {@code USANCE_TOPICS_EVENT_PARTITIONS}, 8 if left out, and
 * {@code USANCE_TOPICS_REPLICATION_FACTOR}, the brokers' default if left out.
 */
public final class TopicsCommand {
    static final int DONE = 0;

    /** Kafka cannot be used, or the environment says something impossible. */
    static final int FAILED = 1;

    private static final int WAIT_SECONDS_MAX = 60;
    private static final int PARTITIONS_MAX = 1_000;
    private static final int COPIES_MAX = 9;

    /** Exits with 0 if all topics are there, with 1 if that cannot be brought about. */
    public static void main(String... arguments) {
        System.exit(run(System.getenv(), new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    /** Returns what to exit with. */
    static int run(Map<String, String> environment, PrintStream out) {
        String bootstrap = environment.getOrDefault("USANCE_KAFKA_BOOTSTRAP", "localhost:9092");
        try (Admin admin = Admin.create(settings(environment, bootstrap))) {
            int partitions = number(environment, "USANCE_TOPICS_EVENT_PARTITIONS", PARTITIONS_MAX)
                    .orElse(Topics.EVENT_PARTITIONS);
            Optional<Short> copies = number(environment, "USANCE_TOPICS_REPLICATION_FACTOR", COPIES_MAX)
                    .map(Integer::shortValue);
            make(admin, Topics.all(partitions), copies, out);
            return DONE;
        } catch (IllegalArgumentException impossible) {
            out.println(impossible.getMessage());
        } catch (ExecutionException failure) {
            out.println("The topics cannot be made on " + bootstrap + ": "
                    + failure.getCause().getMessage());
        } catch (TimeoutException silence) {
            out.println("The topics cannot be made on " + bootstrap + ": no answer within " + WAIT_SECONDS_MAX
                    + " seconds.");
        } catch (KafkaException failure) {
            out.println("The topics cannot be made on " + bootstrap + ": " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            out.println("Interrupted while making the topics.");
        }
        return FAILED;
    }

    private static void make(Admin admin, List<Topics.Topic> topics, Optional<Short> copies, PrintStream out)
            throws ExecutionException, TimeoutException, InterruptedException {
        var there = admin.listTopics().names().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        List<NewTopic> missing = new ArrayList<>();
        for (Topics.Topic topic : topics) {
            if (!there.contains(topic.name())) {
                missing.add(
                        new NewTopic(topic.name(), Optional.of(topic.partitions()), copies).configs(topic.settings()));
            }
        }
        var made = admin.createTopics(missing).values();
        Map<String, TopicDescription> described = admin.describeTopics(topics.stream()
                        .map(Topics.Topic::name)
                        .filter(there::contains)
                        .toList())
                .allTopicNames()
                .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        for (Topics.Topic topic : topics) {
            if (!made.containsKey(topic.name())) {
                int partitions = described.get(topic.name()).partitions().size();
                out.println(
                        partitions == topic.partitions()
                                ? topic.name() + " is there."
                                : topic.name() + " is there with " + partitions + " partitions and stays so; "
                                        + topic.partitions() + " were asked for.");
                continue;
            }
            try {
                made.get(topic.name()).get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
                out.println(topic.name() + " is made with " + topic.partitions() + " partitions.");
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw failure;
                }
                out.println(topic.name() + " was made by somebody else meanwhile.");
            }
        }
    }

    private static Map<String, Object> settings(Map<String, String> environment, String bootstrap) {
        Map<String, Object> settings = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("KAFKA_")) {
                settings.put(
                        name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return settings;
    }

    private static Optional<Integer> number(Map<String, String> environment, String name, int max) {
        String text = environment.getOrDefault(name, "");
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 1 && number <= max) {
                return Optional.of(number);
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number that is out of bounds.
        }
        throw new IllegalArgumentException(name + " is " + text + "; it must be a number from 1 to " + max + ".");
    }

    private TopicsCommand() {}
}
