package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventWriterTest {
    private static final long AT = Instant.parse("2026-02-28T23:59:59.987Z").toEpochMilli();

    private final EventWriter writer = new EventWriter("run", 10_000);

    @Test
    void an_event_is_a_cloud_event_whose_type_and_value_are_known_beforehand() throws IOException {
        Set<String> ids = new HashSet<>();
        Set<String> subjects = new HashSet<>();
        for (long number = 0; number < 5_000; number++) {
            JsonNode event = written(number, AT);
            ids.add(event.path("id").asText());
            subjects.add(event.path("subject").asText());
            assertThat(event.path("type").asText()).isEqualTo(Shop.type(EventWriter.type(number)));
            assertThat(event.path("data").path("tokens").asText()).isEqualTo("" + EventWriter.tokens(number));
            assertThat(EventWriter.tokens(number)).isBetween(1, 1_000);
        }
        assertThat(ids).hasSize(5_000);
        assertThat(subjects).hasSizeGreaterThan(3_000).allMatch(subject -> subject.matches("subject-00[0-9]{4}"));
    }

    @Test
    void times_are_written_to_the_millisecond() throws IOException {
        assertThat(Instant.parse(written(1, AT).path("time").asText())).isEqualTo(Instant.ofEpochMilli(AT));
        assertThat(Instant.parse(written(2, AT + 13).path("time").asText())).isEqualTo(Instant.ofEpochMilli(AT + 13));
        assertThat(Instant.parse(written(3, AT).path("time").asText())).isEqualTo(Instant.ofEpochMilli(AT));
    }

    @Test
    void an_event_is_as_large_as_one_of_a_metered_model() {
        writer.clear();
        writer.event(1, AT);
        assertThat(writer.length()).isBetween(250, 300);
    }

    @Test
    void subjects_are_named_as_customers_know_them() throws IOException {
        EventWriter few = new EventWriter("run", 1);
        few.event(7, AT);
        JsonNode event = new JsonMapper().readTree(few.bytes(), 0, few.length());
        assertThat(event.path("subject").asText()).isEqualTo(Shop.subject(0));
    }

    private JsonNode written(long number, long occurredAtMillis) throws IOException {
        writer.clear();
        writer.event(number, occurredAtMillis);
        return new JsonMapper().readTree(writer.bytes(), 0, writer.length());
    }
}
