package io.usance.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The chart's README is what the comments of its values say. {@code -Dgolden=write} writes it. */
class ReadmeTest {
    private static final Pattern VALUE = Pattern.compile("^( *)([A-Za-z][\\w.-]*):(?: (.*))?$");
    private static final String HEAD = """
            <!-- Written by ReadmeTest from the comments of the values; mvn test -pl helm -Dgolden=write -->

            # The chart

            ```sh
            helm install usance helm/usance --namespace usance --create-namespace
            ```

            With nothing set this is an evaluation, not for production. [values-production.yaml](values-production.yaml) shows what to set there, and [Usance on Kubernetes](../../docs/guides/install-kubernetes.md) leads through both.

            A value that is not in these tables is refused, so that a typo fails the installation.

            ## All of Usance

            """;
    private static final String SERVICE = """

            ## %s

            Below `%s`.

            """;

    @Test
    void the_readme_says_what_the_values_do() throws IOException {
        StringBuilder readme = new StringBuilder(HEAD).append(table(Chart.FOLDER.resolve("values.yaml")));
        for (String service : Chart.SERVICES) {
            readme.append(SERVICE.formatted(service.substring(0, 1).toUpperCase() + service.substring(1), service));
            readme.append(table(Chart.FOLDER.resolve("charts").resolve(service).resolve("values.yaml")));
        }
        Path file = Chart.FOLDER.resolve("README.md");
        if (System.getProperty("golden", "").equals("write")) {
            Files.writeString(file, readme);
        }
        assertThat(Files.readString(file)).isEqualTo(readme.toString());
    }

    private record Row(String path, String preset, String meaning) {}

    /** A row for each value that is one, and for each group that has something said about it. */
    private static String table(Path values) throws IOException {
        List<Row> rows = new ArrayList<>();
        Deque<String> path = new ArrayDeque<>();
        List<String> comment = new ArrayList<>();
        List<String> lines = Files.readAllLines(values);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("# -- ")) {
                comment.clear();
                comment.add(line.substring(5));
                continue;
            }
            if (line.startsWith("#") && !comment.isEmpty()) {
                comment.add(line.substring(1).strip());
                continue;
            }
            Matcher value = VALUE.matcher(lines.get(i));
            if (!value.matches()) {
                comment.clear();
                continue;
            }
            while (path.size() > value.group(1).length() / 2) {
                path.removeLast();
            }
            path.addLast(value.group(2));
            String preset = value.group(3) == null ? list(lines, i) : value.group(3);
            String meaning = String.join(" ", comment);
            if (!preset.isEmpty() || !meaning.isEmpty()) {
                rows.add(new Row(String.join(".", path), preset, meaning));
            }
            comment.clear();
        }
        return "| Value | Default | |\n|---|---|---|\n"
                + rows.stream()
                        .map(row -> "| `" + row.path() + "` | "
                                + (row.preset().isEmpty() ? "" : "`" + row.preset() + "`") + " | "
                                + row.meaning().replace("|", "\\|").replace("<", "&lt;") + " |\n")
                        .collect(Collectors.joining());
    }

    /** A list that begins on the next line is the preset of the value before it. */
    private static String list(List<String> lines, int at) {
        return at + 1 < lines.size() && lines.get(at + 1).strip().startsWith("- ") ? "see values.yaml" : "";
    }
}
