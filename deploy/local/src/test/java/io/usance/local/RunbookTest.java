package io.usance.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.local.Alerts.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert knows what it means, who feels it, and where to read on. */
class RunbookTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path RUNBOOKS = ROOT.resolve("docs/runbooks");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @Test
    void every_alert_says_what_it_means_who_feels_it_and_where_to_read_on() throws IOException {
        assertThat(Alerts.all()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            assertThat(alert.name()).matches("[A-Z][A-Za-z]+");
            assertThat(alert.severity()).as(alert.name()).isIn("critical", "warning");
            assertThat(text(alert, "summary")).as(alert.name()).matches(".+\\.").doesNotContain(". ", "\n");
            assertThat(text(alert, "description")).as(alert.name()).endsWith(".");
            assertThat(text(alert, "runbook_url")).isEqualTo("docs/runbooks/" + alert.name() + ".md");
            assertThat(ROOT.resolve(text(alert, "runbook_url"))).isRegularFile();
        });
    }

    @Test
    void every_runbook_is_of_an_alert_and_answers_the_questions_in_the_same_order() throws IOException {
        List<String> alerts = Alerts.all().stream().map(Alert::name).toList();
        assertThat(alerts).doesNotHaveDuplicates();
        List<Path> runbooks =
                runbooks().stream().filter(file -> !file.endsWith("README.md")).toList();
        assertThat(runbooks)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(
                        alerts.stream().map(name -> name + ".md").toList());
        for (Path runbook : runbooks) {
            assertThat(Files.readString(runbook))
                    .as(runbook.toString())
                    .startsWith("# " + runbook.getFileName().toString().replace(".md", "") + "\n")
                    .containsSubsequence("**Means.**", "**Users notice", "**Look.**", "**Do", "**Over**");
        }
    }

    @Test
    void what_a_runbook_refers_to_is_there() throws IOException {
        for (Path runbook : runbooks()) {
            Matcher link = LINK.matcher(Files.readString(runbook));
            while (link.find()) {
                assertThat(RUNBOOKS.resolve(link.group(1)))
                        .as(runbook.toString())
                        .exists();
            }
        }
    }

    private static List<Path> runbooks() throws IOException {
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            return files.sorted().toList();
        }
    }

    private static String text(Alert alert, String annotation) {
        return alert.annotations().path(annotation).asText();
    }
}
