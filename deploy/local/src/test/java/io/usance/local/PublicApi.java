package io.usance.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.serialization.YamlMapperFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The public API's description, walked rather than listed, so that a new route cannot be forgotten. */
final class PublicApi {
    static final String RESOURCE = "openapi/usance.yaml";
    static final JsonNode DOCUMENT = read();
    static final List<Operation> OPERATIONS = operations();

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    /** One operation. {@code path} is a template: {@code /v3/openmeter/meters/{meterId}}. */
    record Operation(String id, String method, String path, JsonNode json) {
        List<String> pathParameters() {
            return PARAMETER
                    .matcher(path)
                    .results()
                    .map(parameter -> parameter.group(1))
                    .toList();
        }

        /** The path with the value of each parameter in its place. */
        String path(UnaryOperator<String> values) {
            return PARAMETER.matcher(path).replaceAll(parameter -> values.apply(parameter.group(1)));
        }

        /** Whether its answer goes on until somebody ends it. */
        boolean isStream() {
            return json.at("/responses/200/content").has("text/event-stream");
        }

        boolean takesBody() {
            return json.has("requestBody");
        }

        /** Whether it has a page, and with that a filter and an order. */
        boolean isList() {
            return parameter("page") != null;
        }

        /** The query parameter of that name; null when it has none. */
        JsonNode parameter(String name) {
            for (JsonNode parameter : json.path("parameters")) {
                JsonNode resolved = resolve(parameter);
                if (resolved.path("name").asText().equals(name)) {
                    return resolved;
                }
            }
            return null;
        }

        private boolean leads(String method, String path) {
            String pattern = PARAMETER.matcher(this.path).replaceAll("[^/]+");
            return this.method.equals(method) && Pattern.matches(pattern, path);
        }

        /** For the names of tests. */
        @Override
        public String toString() {
            return id;
        }
    }

    /** What answers {@code method} on {@code path}, with or without the engine's prefix {@code /api}. */
    static Operation operation(String method, String path) {
        String plain = path.startsWith("/api/") ? path.substring("/api".length()) : path;
        return OPERATIONS.stream()
                .filter(operation -> operation.leads(method, plain))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the description has no " + method + " " + path));
    }

    static Operation operation(String id) {
        return OPERATIONS.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the description has no operation " + id));
    }

    /** What {@code node} stands for: itself, or what it refers to. */
    static JsonNode resolve(JsonNode node) {
        JsonNode resolved = node;
        while (resolved.has("$ref")) {
            resolved = DOCUMENT.at(resolved.path("$ref").textValue().substring(1));
        }
        return resolved;
    }

    /** The schemas that {@code schema} is put together from, itself included, with every reference resolved. */
    static List<JsonNode> parts(JsonNode schema) {
        List<JsonNode> parts = new ArrayList<>();
        JsonNode resolved = resolve(schema);
        parts.add(resolved);
        for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
            resolved.path(keyword).forEach(part -> parts.addAll(parts(part)));
        }
        return parts;
    }

    private static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                operations.add(new Operation(
                        method.getValue().path("operationId").textValue(),
                        method.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        method.getValue()));
            }
        }
        return operations;
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
