package io.usance.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An upgrade changes nothing that Kubernetes does not let it change. What the released version has is kept in
 * {@code src/test/resources/released}; {@code -Dreleased=write} writes it, at a release and at no other time.
 */
class UpgradeTest {
    private static final Path RELEASED = Path.of("src/test/resources/released");
    private static final ObjectMapper YAML = new YAMLMapper();

    /** Fields of which Kubernetes refuses a change, by kind. */
    private static final java.util.Map<String, List<String>> IMMUTABLE = java.util.Map.of(
            "Deployment", List.of("/spec/selector"),
            "StatefulSet",
                    List.of(
                            "/spec/selector",
                            "/spec/serviceName",
                            "/spec/podManagementPolicy",
                            "/spec/volumeClaimTemplates"),
            "Service", List.of("/spec/clusterIP"));

    static List<Path> scenarios() {
        return Chart.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void nothing_changes_that_may_not(Path scenario) throws IOException {
        ObjectNode now = YAML.createObjectNode();
        for (JsonNode object : Chart.objects(scenario)) {
            for (String path : IMMUTABLE.getOrDefault(object.path("kind").asText(), List.of())) {
                JsonNode value = object.at(path);
                now.set(Chart.title(object) + " " + path, value.isMissingNode() ? TextNode.valueOf("") : value);
            }
        }
        Path released = RELEASED.resolve(Chart.name(scenario) + ".yaml");
        if (System.getProperty("released", "").equals("write")) {
            Files.createDirectories(RELEASED);
            YAML.writeValue(released.toFile(), now);
        }
        JsonNode then = Chart.read(released);
        assertThat(then.size()).isGreaterThan(4);
        then.properties().forEach(field -> {
            if (now.has(field.getKey())) {
                assertThat(now.path(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void a_job_that_stays_is_named_by_what_it_does(Path scenario) {
        for (JsonNode job : Chart.objects(scenario, "Job")) {
            boolean isHook = job.at("/metadata/annotations/helm.sh~1hook").isTextual();
            assertThat(isHook || job.at("/metadata/name").asText().matches(".*-[0-9a-f]{8}"))
                    .as(Chart.title(job) + ": Kubernetes does not let a Job be changed")
                    .isTrue();
        }
    }
}
