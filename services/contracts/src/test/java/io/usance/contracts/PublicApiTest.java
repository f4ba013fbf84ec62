package io.usance.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.contracts.PublicApi.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublicApiTest {
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

    static List<Operation> operations() {
        return PublicApi.operations();
    }

    @Test
    void operation_ids_are_unique() {
        assertThat(operations())
                .extracting(Operation::id)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_says_what_it_does(Operation operation) {
        assertThat(operation.path()).startsWith("/v3/openmeter/");
        assertThat(operation.id()).matches("[a-z]+(-[a-z]+)+");
        assertThat(operation.json().path("summary").asText()).matches("[A-Z][^.]{5,60}");
        assertThat(operation.json().path("description").asText()).endsWith(".");
        Set<String> tags = PublicApi.DOCUMENT
                .path("tags")
                .valueStream()
                .map(tag -> tag.path("name").textValue())
                .collect(Collectors.toSet());
        assertThat(operation.json().path("tags"))
                .hasSize(1)
                .allSatisfy(tag -> assertThat(tags).contains(tag.textValue()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_parameter_of_a_path_is_described(Operation operation) {
        Set<String> inPath = new TreeSet<>();
        Matcher matcher = PATH_PARAMETER.matcher(operation.path());
        while (matcher.find()) {
            inPath.add(matcher.group(1));
        }

        Set<String> described = new TreeSet<>();
        for (JsonNode reference : operation.json().path("parameters")) {
            JsonNode parameter = PublicApi.resolve(reference);
            assertThat(parameter.path("description").asText()).endsWith(".");
            if ("path".equals(parameter.path("in").textValue())) {
                assertThat(parameter.path("required").booleanValue()).isTrue();
                described.add(parameter.path("name").textValue());
            }
        }
        assertThat(described).isEqualTo(inPath);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_names_its_faults_and_all_are_problems(Operation operation) {
        Map<String, JsonNode> responses = new LinkedHashMap<>();
        operation
                .json()
                .path("responses")
                .properties()
                .forEach(response -> responses.put(response.getKey(), PublicApi.resolve(response.getValue())));

        assertThat(responses).containsKeys("401", "403", "500", "503");
        assertThat(responses.keySet().stream().filter(status -> status.startsWith("2")))
                .hasSize(1);
        if (operation.path().contains("{")) {
            assertThat(responses).containsKey("404");
        }
        if (operation.json().has("requestBody")) {
            assertThat(responses).containsKeys("400", "413", "415");
        }
        responses.forEach((status, response) -> {
            assertThat(response.path("description").asText()).as(status).isNotBlank();
            if (!status.startsWith("2")) {
                assertThat(response.path("content").fieldNames())
                        .toIterable()
                        .as(status)
                        .containsExactly("application/problem+json");
            }
            if ("503".equals(status) || "429".equals(status)) {
                assertThat(response.path("headers").has("Retry-After")).isTrue();
            }
        });
    }

    @Test
    void every_reference_leads_somewhere_and_everything_is_referred_to() {
        Set<String> references = new HashSet<>();
        collectReferences(PublicApi.DOCUMENT, references);

        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                PublicApi.DOCUMENT.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        for (String kind : List.of("schemas", "responses", "parameters")) {
            PublicApi.DOCUMENT
                    .path("components")
                    .path(kind)
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(references).contains("#/components/" + kind + "/" + name));
        }
    }

    /** So that a misspelt property is refused instead of ignored. */
    @ParameterizedTest
    @MethodSource("operations")
    void request_bodies_take_no_unknown_properties(Operation operation) {
        List<String> open = new ArrayList<>();
        for (JsonNode media : operation.json().path("requestBody").path("content")) {
            collectOpen(media.path("schema"), operation.id(), new HashSet<>(), open);
        }

        assertThat(open).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void examples_are_valid(Operation operation) {
        String pointer = "/paths/" + operation.path().replace("/", "~1") + "/"
                + operation.name().substring(0, operation.name().indexOf(' ')).toLowerCase(Locale.ROOT);
        checkExamples(operation.json().path("requestBody").path("content"), pointer + "/requestBody/content");
        operation.json().path("responses").properties().forEach(response -> {
            if (!response.getValue().has("$ref")) {
                checkExamples(
                        response.getValue().path("content"), pointer + "/responses/" + response.getKey() + "/content");
            }
        });
    }

    @Test
    void examples_of_problems_are_valid() {
        PublicApi.DOCUMENT
                .path("components")
                .path("responses")
                .properties()
                .forEach(response -> checkExamples(
                        response.getValue().path("content"),
                        "/components/responses/" + response.getKey() + "/content"));
    }

    @Test
    void every_operation_with_a_body_shows_an_example_of_it() {
        for (Operation operation : operations()) {
            for (JsonNode media : operation.json().path("requestBody").path("content")) {
                assertThat(media.has("example") || media.has("examples"))
                        .as(operation.name())
                        .isTrue();
            }
        }
    }

    private static void checkExamples(JsonNode content, String pointer) {
        content.properties().forEach(media -> {
            List<JsonNode> examples = new ArrayList<>();
            if (media.getValue().has("example")) {
                examples.add(media.getValue().path("example"));
            }
            media.getValue().path("examples").forEach(example -> examples.add(example.path("value")));
            String schema = pointer + "/" + media.getKey().replace("/", "~1") + "/schema";
            for (JsonNode example : examples) {
                assertThat(Faults.of(schema, example)).as(schema).isEmpty();
            }
        });
    }

    private static void collectReferences(JsonNode node, Set<String> references) {
        if (node.path("$ref").isTextual()) {
            references.add(node.path("$ref").textValue());
        }
        JsonNode mapping = node.path("discriminator").path("mapping");
        mapping.forEach(target -> references.add(target.textValue()));
        node.forEach(child -> collectReferences(child, references));
    }

    private static void collectOpen(JsonNode schema, String where, Set<JsonNode> seen, List<String> open) {
        JsonNode resolved = PublicApi.resolve(schema);
        if (!seen.add(resolved)) {
            return;
        }
        if (resolved.has("properties") && !resolved.has("additionalProperties")) {
            open.add(where);
        }
        if ("object".equals(resolved.path("type").asText())
                && !resolved.has("properties")
                && !resolved.has("additionalProperties")
                && !resolved.has("oneOf")) {
            open.add(where);
        }
        resolved.path("properties")
                .properties()
                .forEach(property -> collectOpen(property.getValue(), where + "." + property.getKey(), seen, open));
        for (String keyword : List.of("allOf", "oneOf", "anyOf")) {
            resolved.path(keyword).forEach(part -> collectOpen(part, where, seen, open));
        }
        for (String keyword : List.of("items", "additionalProperties")) {
            if (resolved.path(keyword).isObject()) {
                collectOpen(resolved.path(keyword), where + "[]", seen, open);
            }
        }
    }
}
