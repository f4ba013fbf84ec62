package io.usance.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The chart as Helm sees it. */
final class Chart {
    static final Path FOLDER = Path.of("usance");
    static final List<String> SERVICES = List.of("gateway", "catalog", "subscription", "ingestion", "invoicing");

    /** What the rendered objects are, of all releases of this name. */
    static final String RELEASE = "usance";

    /** No older one knows how to sleep before it stops a container. */
    private static final String KUBERNETES = "1.33.0";

    private static final Map<Path, String> RENDERED = new ConcurrentHashMap<>();
    private static final ObjectMapper YAML = new YAMLMapper(new YAMLFactory());

    /** Files with values for which something else comes out each: those of ci, and the example for production. */
    static List<Path> scenarios() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            List<Path> scenarios = new ArrayList<>(files.sorted().toList());
            scenarios.add(FOLDER.resolve("values-production.yaml"));
            return scenarios;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Its name without the ending. */
    static String name(Path scenario) {
        return scenario.getFileName().toString().replace(".yaml", "");
    }

    /** What would be installed, as text. */
    static String render(Path values) {
        return RENDERED.computeIfAbsent(values, file -> template(file, List.of()));
    }

    /** The same, made anew: what is random is different. */
    static String renderAgain(Path values) {
        return template(values, List.of());
    }

    /** What would be installed with one more value. */
    static String renderWith(Path values, String path, String value) {
        return template(values, List.of("--set", path + "=" + value));
    }

    private static String template(Path values, List<String> more) {
        List<String> arguments =
                new ArrayList<>(List.of("template", RELEASE, FOLDER.toString(), "--namespace", "metering"));
        arguments.addAll(List.of("--kube-version", KUBERNETES, "--values", values.toString()));
        arguments.addAll(more);
        return helm(arguments.toArray(String[]::new));
    }

    /**
     * Runs Helm and returns what it says.
     *
     * @throws IllegalStateException if it fails, with what it says then
     */
    static String helm(String... arguments) {
        List<String> command = new ArrayList<>(List.of("helm"));
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile("helm", ".log");
            Process helm =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String said = new String(helm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = helm.waitFor();
            String complaint = Files.readString(errors);
            Files.delete(errors);
            if (code != 0) {
                throw new IllegalStateException(complaint + said);
            }
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException("Helm 3 or 4 must be on the PATH", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static List<JsonNode> objects(Path values) {
        return objects(render(values));
    }

    static List<JsonNode> objects(String rendered) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered)) {
            return documents.readAll().stream()
                    .filter(document -> document.isObject() && !document.isEmpty())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<JsonNode> objects(Path values, String kind) {
        return objects(values).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** The one of this kind and name. */
    static JsonNode object(Path values, String kind, String name) {
        return objects(values, kind).stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name + " in " + values));
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Kind and name, to say which object something is about. */
    static String title(JsonNode object) {
        return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }

    /** The specification of an object's pods; missing when it has none. */
    static JsonNode pod(JsonNode object) {
        return object.path("kind").asText().equals("Pod") ? object.path("spec") : object.at("/spec/template/spec");
    }

    private Chart() {}
}
