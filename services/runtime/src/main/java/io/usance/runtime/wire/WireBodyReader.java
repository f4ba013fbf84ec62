package io.usance.runtime.wire;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.Problems;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reads the bodies whose record has a {@link WireSchema}: parse exactly, check against the schema, then bind. */
@Provider
@Priority(Priorities.USER - 1000)
public class WireBodyReader implements ServerMessageBodyReader<Object> {
    @Inject
    ObjectMapper json;

    @Inject
    WireSchemas schemas;

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo method, MediaType mediaType) {
        return type.isAnnotationPresent(WireSchema.class);
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type.isAnnotationPresent(WireSchema.class);
    }

    @Override
    public Object readFrom(Class<Object> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return read(type, mediaType, context.getInputStream());
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return read(type, mediaType, body);
    }

    private Object read(Class<Object> type, MediaType mediaType, InputStream body) throws IOException {
        WireSchema wire = type.getAnnotation(WireSchema.class);
        JsonNode tree = shorthand(wire).expand(parse(mediaType, body.readAllBytes()));
        List<InvalidParameter> faults = JsonSafety.faults(tree);
        if (faults.isEmpty()) {
            faults = schemas.faults(wire.value(), tree);
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
        return bind(type, tree);
    }

    private static WireShorthand shorthand(WireSchema wire) {
        try {
            return wire.shorthand().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(wire.shorthand() + " needs a constructor without arguments", broken);
        }
    }

    private JsonNode parse(MediaType mediaType, byte[] body) throws IOException {
        if (body.length == 0) {
            throw Problems.invalid(InvalidParameter.body("body", "required", "is required: send a JSON object"));
        }
        boolean isYaml = WireYaml.isYaml(mediaType);
        try {
            return isYaml
                    ? WireYaml.read(body)
                    : json.reader()
                            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                            .readTree(body);
        } catch (JsonParseException | StreamConstraintsException malformed) {
            throw malformed(malformed, isYaml);
        } catch (JsonMappingException malformed) {
            throw malformed(malformed, isYaml);
        }
    }

    private static ProblemException malformed(JsonProcessingException cause, boolean isYaml) {
        String where = cause.getLocation() == null
                ? ""
                : " at line %d, column %d"
                        .formatted(
                                cause.getLocation().getLineNr(),
                                cause.getLocation().getColumnNr());
        return Problems.invalid(InvalidParameter.body(
                "body",
                "invalid",
                "is not well-formed %s%s: %s".formatted(isYaml ? "YAML" : "JSON", where, cause.getOriginalMessage())));
    }

    private Object bind(Class<Object> type, JsonNode tree) throws IOException {
        try {
            return json.treeToValue(tree, type);
        } catch (JsonMappingException mismatch) {
            // A record's own constructor, or a format that the schema cannot express, refused the value.
            String field = WirePath.of(mismatch);
            String reason = mismatch.getCause() instanceof IllegalArgumentException refusal
                    ? refusal.getMessage()
                    : "has a value that cannot be used here";
            throw Problems.invalid(InvalidParameter.body(field, "invalid", reason));
        }
    }
}
