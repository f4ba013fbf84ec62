package io.usance.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is there for people without Helm is what Helm would install. */
class PlainManifestsTest {
    private static final Path FOLDER = Path.of("../deploy/kubernetes");

    @Test
    void the_manifests_are_those_of_the_chart() throws IOException {
        String rendered = Chart.helm(
                "template",
                "usance",
                Chart.FOLDER.toString(),
                "--namespace",
                "usance",
                "--kube-version",
                "1.33.0",
                "--no-hooks",
                "--values",
                FOLDER.resolve("values.yaml").toString());
        assertThat(Files.readString(FOLDER.resolve("usance.yaml")).lines().skip(1))
                .as("run make manifests")
                .containsExactlyElementsOf(rendered.lines().toList());
    }

    @Test
    void nothing_secret_is_in_them() throws IOException {
        assertThat(Chart.objects(Files.readString(FOLDER.resolve("usance.yaml"))))
                .extracting(object -> object.path("kind").asText())
                .doesNotContain("Secret")
                .contains("Deployment", "StatefulSet", "Job");
    }
}
