package io.usance.runtime.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import com.networknt.schema.serialization.YamlMapperFactory;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usance.runtime.problem.InvalidParameter;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks JSON against the schemas of the public API's description. */
@ApplicationScoped
public class WireSchemas {
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();
    private final SchemaValidatorsConfig settings = SchemaValidatorsConfig.builder()
            .discriminatorKeywordEnabled(true)
            .formatAssertionsEnabled(true)
            .nullableKeywordEnabled(true)
            .regularExpressionFactory(WirePattern::new)
            .build();
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V4,
            builder -> builder.metaSchema(OpenApi30.getInstance())
                    .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));

    @Inject
    WireConfig config;

    private WireFaults faults;
    private List<String> names;

    @PostConstruct
    void readDescription() {
        try (InputStream yaml = Thread.currentThread().getContextClassLoader().getResourceAsStream(config.openapi())) {
            if (yaml == null) {
                throw new IllegalStateException("not on the class path: " + config.openapi());
            }
            JsonNode description = YamlMapperFactory.getInstance().readTree(yaml);
            faults = new WireFaults(description);
            names = description
                    .at("/components/schemas")
                    .propertyStream()
                    .map(Map.Entry::getKey)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Reads the description once more for its schemas, away from the event loop: the first body need not wait for it. */
    void warmUp(@Observes StartupEvent event) {
        // Any one will do: the work is in reading the document that it stands in.
        Infrastructure.getDefaultWorkerPool()
                .execute(() -> names.stream().findFirst().ifPresent(this::schema));
    }

    /**
     * Every fault of {@code json} against the schema called {@code name}, in the order of the body; empty when it is
     * valid.
     */
    public List<InvalidParameter> faults(String name, JsonNode json) {
        return faults.of(schema(name).validate(json));
    }

    private JsonSchema schema(String name) {
        return schemas.computeIfAbsent(
                name,
                key -> factory.getSchema(
                        SchemaLocation.of("classpath:" + config.openapi() + "#/components/schemas/" + key), settings));
    }
}
