package io.usance.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What comes out of the templates is what somebody has looked at. After a change {@code mvn test -pl helm -Dgolden=write} writes
 * the files anew; their difference is then read like any other.
 */
class RenderTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    /** Made anew at each rendering; see SecretsTest for what they are. */
    private static final Pattern RANDOM = Pattern.compile(
            "^  (superuser|catalog|subscription|ingestion|invoicing|private.pem|public.pem|token): [A-Za-z0-9+/=]{20,}$",
            Pattern.MULTILINE);

    static List<Path> scenarios() {
        return Chart.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void every_scenario_renders_as_it_did(Path scenario) throws IOException {
        String rendered = RANDOM.matcher(Chart.render(scenario)).replaceAll("  $1: (random)");
        Path golden = GOLDEN.resolve(Chart.name(scenario) + ".yaml");
        if (System.getProperty("golden", "").equals("write")) {
            Files.writeString(golden, rendered);
        }
        assertThat(rendered).isEqualTo(Files.readString(golden));
    }

    @Test
    void the_linter_has_no_objection() {
        assertThat(Chart.helm("lint", "--strict", Chart.FOLDER.toString())).contains("0 chart(s) failed");
        for (Path scenario : Chart.scenarios()) {
            assertThat(Chart.helm("lint", "--strict", Chart.FOLDER.toString(), "--values", scenario.toString()))
                    .as(Chart.name(scenario))
                    .contains("0 chart(s) failed");
        }
    }

    @Test
    void it_is_the_version_that_is_built() {
        String version = System.getProperty("project.version");
        assertThat(version).isNotEmpty();
        assertThat(Chart.read(Chart.FOLDER.resolve("Chart.yaml"))
                        .path("appVersion")
                        .asText())
                .isEqualTo(version);
        for (String service : Chart.SERVICES) {
            var chart =
                    Chart.read(Chart.FOLDER.resolve("charts").resolve(service).resolve("Chart.yaml"));
            assertThat(chart.path("appVersion").asText()).as(service).isEqualTo(version);
        }
    }
}
