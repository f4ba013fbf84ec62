package io.usance.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.usance.contracts.Topics;
import io.usance.testkit.Topic;
import java.time.Duration;
import java.util.Locale;

/** What the service said on its topic. */
public final class Published {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The envelope of the first event of that type about the entity, as soon as it is there. Its data keeps the published
     * schema.
     */
    public static JsonNode event(String namespace, String entityId, String type) {
        String key = namespace + "/" + entityId;
        JsonNode event = parse(Topic.await(
                        Topics.CATALOG,
                        message -> key.equals(message.key())
                                && type.equals(
                                        parse(message.value()).path("type").asText()),
                        DEADLINE)
                .value());
        assertThat(schema(type).validate(event.path("data"))).isEmpty();
        return event;
    }

    /** {@code MeterCreated} is described in {@code meter-created.v1.json}. */
    private static JsonSchema schema(String type) {
        String file = type.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".v1.json";
        return SCHEMAS.getSchema(SchemaLocation.of("classpath:schemas/catalog/" + file));
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(json, malformed);
        }
    }

    private Published() {}
}
