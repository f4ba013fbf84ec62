package io.usance.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the build of a service says of itself is what the chart installs. */
class AgreementIT {
    private static final Path EVALUATION = Chart.FOLDER.resolve("ci/evaluation.yaml");

    static List<String> services() {
        return Chart.SERVICES;
    }

    @ParameterizedTest
    @MethodSource("services")
    void the_build_and_the_chart_say_the_same(String service) throws IOException {
        JsonNode built = built(service, "Deployment").at("/spec/template/spec/containers/0");
        JsonNode charted =
                Chart.object(EVALUATION, "Deployment", "usance-" + service).at("/spec/template/spec/containers/0");

        assertThat(charted.path("image").asText())
                .isEqualTo(built.path("image").asText().replaceFirst("^docker\\.io/", ""));
        assertThat(ports(charted)).isEqualTo(ports(built));
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertThat(charted.at("/" + probe + "/httpGet/path").asText())
                    .as(probe)
                    .isEqualTo(built.at("/" + probe + "/httpGet/path").asText())
                    .isNotEmpty();
            assertThat(port(charted, charted.at("/" + probe + "/httpGet/port")))
                    .as(probe)
                    .isEqualTo(port(built, built.at("/" + probe + "/httpGet/port")));
        }
        // The chart knows more; what the build asks for it must give.
        assertThat(variables(charted)).containsAll(variables(built));
        assertThat(variables(built)).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("services")
    void the_service_leads_to_the_ports(String service) {
        JsonNode charted = Chart.object(EVALUATION, "Service", "usance-" + service);
        Map<String, Integer> container = ports(
                Chart.object(EVALUATION, "Deployment", "usance-" + service).at("/spec/template/spec/containers/0"));
        for (JsonNode port : charted.at("/spec/ports")) {
            assertThat(container).containsKey(port.path("targetPort").asText());
        }
        assertThat(charted.at("/spec/ports")).hasSameSizeAs(container.entrySet());
    }

    private static JsonNode built(String service, String kind) throws IOException {
        Path file = Path.of("../services", service, "target/kubernetes/kubernetes.yml");
        return Chart.objects(Files.readString(file)).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Integer> ports(JsonNode container) {
        Map<String, Integer> ports = new HashMap<>();
        for (JsonNode port : container.path("ports")) {
            ports.put(port.path("name").asText(), port.path("containerPort").asInt());
        }
        return ports;
    }

    /** A probe names its port, or says its number. */
    private static int port(JsonNode container, JsonNode port) {
        return port.isInt() ? port.asInt() : ports(container).getOrDefault(port.asText(), 0);
    }

    private static TreeSet<String> variables(JsonNode container) {
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode variable : container.path("env")) {
            // Where a pod is, which every generated manifest tells its container.
            if (!variable.path("name").asText().equals("KUBERNETES_NAMESPACE")) {
                names.add(variable.path("name").asText());
            }
        }
        return names;
    }
}
