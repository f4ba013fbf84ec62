package io.usance.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.usance.contracts.Topics;
import io.usance.runtime.delivery.Envelope;
import io.usance.runtime.wire.WireFormat;
import io.usance.testkit.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What goes over topics in tests. */
public final class Events {
    private static final ObjectMapper JSON = WireFormat.mapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** Publishes what catalog would; returns the record, for those who deliver it again. */
    public static String fromCatalog(String namespace, String entityId, long sequence, Record event) {
        Envelope envelope = new Envelope(
                UUID.randomUUID().toString(),
                event.getClass().getSimpleName(),
                namespace,
                entityId,
                sequence,
                Instant.now(),
                JSON.valueToTree(event));
        String record = write(envelope);
        againFromCatalog(namespace, entityId, record);
        return record;
    }

    /** Delivers a record once more. */
    public static void againFromCatalog(String namespace, String entityId, String record) {
        Topic.publish(Topics.CATALOG, namespace + "/" + entityId, record);
    }

    /**
     * The first {@code count} events that the service published about an entity, each of the form that its schema has; fails if
     * they do not come.
     */
    public static List<Envelope> published(String namespace, String entityId, int count) {
        List<Envelope> events = Topic.read(
                        Topics.SUBSCRIPTION, record -> record.key().equals(namespace + "/" + entityId), count, DEADLINE)
                .stream()
                .map(record -> read(record.value()))
                .toList();
        if (events.size() < count) {
            throw new AssertionError("of %d events came %s".formatted(count, events));
        }
        events.forEach(event -> assertThat(schema(event.type()).validate(event.data()))
                .as("%s", event)
                .isEmpty());
        return events;
    }

    /** {@code CustomerCreated} is described in {@code customer-created.v1.json}. */
    private static JsonSchema schema(String type) {
        String file = type.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".v1.json";
        return SCHEMAS.getSchema(SchemaLocation.of("classpath:schemas/subscription/" + file));
    }

    private static String write(Envelope envelope) {
        try {
            return JSON.writeValueAsString(envelope);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(unwritable);
        }
    }

    private static Envelope read(String record) {
        try {
            return JSON.readValue(record, Envelope.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    private Events() {}
}
