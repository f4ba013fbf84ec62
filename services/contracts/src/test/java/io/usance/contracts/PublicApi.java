package io.usance.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import com.networknt.schema.serialization.YamlMapperFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The public API's description, as the tests read it. */
final class PublicApi {
    static final String RESOURCE = "openapi/usance.yaml";
    static final JsonNode DOCUMENT = read();

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V4,
            builder -> builder.metaSchema(OpenApi30.getInstance())
                    .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));
    private static final SchemaValidatorsConfig SETTINGS = SchemaValidatorsConfig.builder()
            .discriminatorKeywordEnabled(true)
            .formatAssertionsEnabled(true)
            .nullableKeywordEnabled(true)
            .build();

    /** @param name for messages, e.g. {@code POST /v3/openmeter/meters} */
    record Operation(String name, String path, JsonNode json) {
        @Override
        public String toString() {
            return name;
        }

        String id() {
            return json.path("operationId").asText();
        }
    }

    static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                operations.add(new Operation(
                        method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        path.getKey(),
                        method.getValue()));
            }
        }
        return operations;
    }

    /** The schema at a JSON pointer into the description. */
    static JsonSchema schema(String pointer) {
        return FACTORY.getSchema(SchemaLocation.of("classpath:" + RESOURCE + "#" + pointer), SETTINGS);
    }

    /** What {@code node} stands for: itself, or what it refers to. */
    static JsonNode resolve(JsonNode node) {
        JsonNode resolved = node;
        while (resolved.has("$ref")) {
            resolved = DOCUMENT.at(resolved.path("$ref").textValue().substring(1));
        }
        return resolved;
    }

    private static JsonNode read() {
        try (InputStream yaml = PublicApi.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            return YamlMapperFactory.getInstance().readTree(yaml);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private PublicApi() {}
}
