package io.usance.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pod is restricted, bounded, watched and known by its labels. */
class PodsTest {
    private static final Set<String> LABELS = Set.of(
            "app.kubernetes.io/name",
            "app.kubernetes.io/instance",
            "app.kubernetes.io/part-of",
            "app.kubernetes.io/version",
            "app.kubernetes.io/managed-by",
            "helm.sh/chart");

    static List<Path> scenarios() {
        return Chart.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void every_object_has_the_labels(Path scenario) {
        for (JsonNode object : Chart.objects(scenario)) {
            assertThat(object.at("/metadata/labels").properties())
                    .as(Chart.title(object))
                    .extracting(label -> label.getKey())
                    .containsAll(LABELS);
            JsonNode pod = object.at("/spec/template/metadata/labels");
            if (!pod.isMissingNode()) {
                assertThat(pod.properties())
                        .as(Chart.title(object))
                        .extracting(label -> label.getKey())
                        .containsAll(LABELS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void every_pod_is_restricted(Path scenario) {
        int pods = 0;
        for (JsonNode object : Chart.objects(scenario)) {
            JsonNode pod = Chart.pod(object);
            if (pod.isMissingNode() || !pod.has("containers")) {
                continue;
            }
            pods++;
            String title = Chart.title(object);
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                    .as(title)
                    .isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(title)
                    .isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).as(title).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                    .as(title)
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.path("hostNetwork").asBoolean()).as(title).isFalse();
            for (JsonNode container : pod.path("containers")) {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(title)
                        .isFalse();
                assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                        .as(title)
                        .isTrue();
                assertThat(security.at("/capabilities/drop/0").asText())
                        .as(title)
                        .isEqualTo("ALL");
                assertThat(container.at("/resources/requests/cpu").isMissingNode())
                        .as(title)
                        .isFalse();
                assertThat(container.at("/resources/requests/memory").isMissingNode())
                        .as(title)
                        .isFalse();
                assertThat(container.at("/resources/limits/memory").isMissingNode())
                        .as(title)
                        .isFalse();
                assertThat(container.path("image").asText())
                        .as(title)
                        .matches(".+(:|@sha256:).+")
                        .doesNotEndWith(":latest");
            }
            for (JsonNode volume : pod.path("volumes")) {
                assertThat(volume.has("hostPath")).as(title).isFalse();
            }
        }
        assertThat(pods).isGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void what_runs_for_ever_is_probed(Path scenario) {
        for (JsonNode object : Chart.objects(scenario)) {
            if (Set.of("Deployment", "StatefulSet").contains(object.path("kind").asText())) {
                for (JsonNode container : Chart.pod(object).path("containers")) {
                    assertThat(container.has("startupProbe"))
                            .as(Chart.title(object))
                            .isTrue();
                    assertThat(container.has("readinessProbe"))
                            .as(Chart.title(object))
                            .isTrue();
                    assertThat(container.has("livenessProbe"))
                            .as(Chart.title(object))
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void a_pod_is_given_the_time_to_finish(Path scenario) {
        for (JsonNode object : Chart.objects(scenario, "Deployment")) {
            JsonNode pod = Chart.pod(object);
            int sleep = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
            // Eight seconds is what a service takes for what is under way, see quarkus.shutdown.timeout.
            assertThat(pod.path("terminationGracePeriodSeconds").asInt())
                    .as(Chart.title(object))
                    .isGreaterThan(sleep + 8 + 5);
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void selectors_find_their_pods_and_nobody_elses(Path scenario) {
        List<JsonNode> objects = Chart.objects(scenario);
        Set<String> selectors = new TreeSet<>();
        for (JsonNode object : objects) {
            JsonNode selector = object.at("/spec/selector/matchLabels");
            JsonNode labels = object.at("/spec/template/metadata/labels");
            if (selector.isObject() && labels.isObject()) {
                selector.properties()
                        .forEach(label -> assertThat(labels.path(label.getKey()))
                                .as(Chart.title(object))
                                .isEqualTo(label.getValue()));
                assertThat(selectors.add(selector.toString()))
                        .as(Chart.title(object))
                        .isTrue();
            }
        }
        assertThat(selectors).hasSizeGreaterThanOrEqualTo(Chart.SERVICES.size());
    }

    @Test
    void nobody_in_production_is_alone() {
        Path production = Chart.FOLDER.resolve("values-production.yaml");
        for (String service : Chart.SERVICES) {
            JsonNode deployment = Chart.object(production, "Deployment", "usance-" + service);
            int replicas = deployment.at("/spec/replicas").isMissingNode()
                    ? Chart.object(production, "HorizontalPodAutoscaler", "usance-" + service)
                            .at("/spec/minReplicas")
                            .asInt()
                    : deployment.at("/spec/replicas").asInt();
            assertThat(replicas).as(service).isGreaterThan(1);
            assertThat(Chart.object(production, "PodDisruptionBudget", "usance-" + service))
                    .isNotNull();
        }
        assertThat(Chart.objects(production, "StatefulSet")).isEmpty();
    }
}
