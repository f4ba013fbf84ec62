package io.usance.runtime.lamp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usance.runtime.wire.WireFormat;
import io.usance.testkit.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands on the topic of the lamps, for one tenant. */
public record LampTopic(String namespace) {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = WireFormat.mapper();

    /** At least {@code count} records of the lamp, in their order. */
    public List<String> await(String id, int count) {
        return records(id, count).stream().map(ConsumerRecord::value).toList();
    }

    /** At least {@code count} records of the lamp, in their order. */
    public List<ConsumerRecord<String, String>> records(String id, int count) {
        String key = namespace + "/" + id;
        List<ConsumerRecord<String, String>> records =
                Topic.read(Lamps.TOPIC, record -> key.equals(record.key()), count, SOON);
        assertThat(records).as(key).hasSizeGreaterThanOrEqualTo(count);
        return records;
    }

    /** The colors of {@link #await}, in their order. */
    public List<String> colors(String id, int count) {
        return await(id, count).stream()
                .map(LampTopic::json)
                .map(envelope -> envelope.get("data").get("color").textValue())
                .toList();
    }

    /** The sequence numbers of {@link #await}, in their order. */
    public List<Long> sequences(String id, int count) {
        return await(id, count).stream().map(LampTopic::sequence).toList();
    }

    /** The sequence numbers of all records of the lamp that are there now, repetitions included. */
    public List<Long> sequences(String id) {
        String key = namespace + "/" + id;
        return Topic.readAll(Lamps.TOPIC, record -> key.equals(record.key())).stream()
                .map(record -> sequence(record.value()))
                .toList();
    }

    private static long sequence(String record) {
        return json(record).get("sequence").longValue();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new AssertionError(text, unreadable);
        }
    }
}
