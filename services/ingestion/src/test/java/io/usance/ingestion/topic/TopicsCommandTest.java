package io.usance.ingestion.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.contracts.Topics;
import io.usance.testkit.KafkaBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandTest {
    @Test
    void makes_what_is_missing_and_leaves_alone_what_is_there(@TempDir Path data) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(data, 0, 0)) {
            String bootstrap = broker.bootstrap();
            Said first = run(Map.of("USANCE_KAFKA_BOOTSTRAP", bootstrap, "USANCE_TOPICS_EVENT_PARTITIONS", "3"));
            assertThat(first.code()).as(first.text()).isEqualTo(TopicsCommand.DONE);
            assertThat(first.text()).contains("usance.events is made with 3 partitions.");

            Said again = run(Map.of("USANCE_KAFKA_BOOTSTRAP", bootstrap));
            assertThat(again.code()).isEqualTo(TopicsCommand.DONE);
            assertThat(again.text())
                    .contains("usance.events is there with 3 partitions and stays so; 8 were asked for.")
                    .contains("usance.catalog is there.")
                    .doesNotContain("made");

            try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
                assertThat(admin.listTopics().names().get())
                        .containsAll(
                                Topics.all(1).stream().map(Topics.Topic::name).toList());
                var dead = new ConfigResource(ConfigResource.Type.TOPIC, Topics.EVENTS + Topics.DEAD_LETTER_SUFFIX);
                assertThat(admin.describeConfigs(List.of(dead))
                                .all()
                                .get()
                                .get(dead)
                                .get("retention.ms")
                                .value())
                        .isEqualTo("-1");
            }
        }
    }

    @Test
    void says_what_the_environment_must_be() {
        Said said = run(Map.of("USANCE_TOPICS_EVENT_PARTITIONS", "many"));
        assertThat(said.code()).isEqualTo(TopicsCommand.FAILED);
        assertThat(said.text())
                .isEqualTo("USANCE_TOPICS_EVENT_PARTITIONS is many; it must be a number from 1 to 1000.\n");
    }

    @Test
    void hands_the_environment_to_the_client() {
        Said said = run(Map.of("USANCE_KAFKA_BOOTSTRAP", "127.0.0.1:1", "KAFKA_SECURITY_PROTOCOL", "PIGEON"));
        assertThat(said.code()).isEqualTo(TopicsCommand.FAILED);
        assertThat(said.text()).startsWith("The topics cannot be made on 127.0.0.1:1: ");
        assertThat(said.text()).contains("PIGEON");
    }

    private static Said run(Map<String, String> environment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = TopicsCommand.run(environment, new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Said(code, out.toString(StandardCharsets.UTF_8));
    }

    private record Said(int code, String text) {}
}
