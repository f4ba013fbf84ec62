package io.usance.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured, on the terminal at once, and as a document with curves in a folder. The document is written anew as a
 * whole after each part; what a person has to say about it is in {@value #EXPLANATION} beside it, which is never touched.
 */
final class Report {
    static final String DOCUMENT = "counting.md";
    private static final String EXPLANATION = "counting-explained.md";
    private static final String CURVES = "counting-";

    private final Path folder;
    private final PrintStream terminal;
    private final String measuredOn;
    private final List<Aim> aims = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private final Map<String, LineChart> charts = new LinkedHashMap<>();

    /** @param measuredOn when, where and by which command, as Markdown */
    Report(Path folder, PrintStream terminal, String measuredOn) {
        this.folder = folder;
        this.terminal = terminal;
        this.measuredOn = measuredOn;
    }

    void section(String title) {
        add("\n## " + title + "\n");
    }

    /** One paragraph. */
    void text(String words) {
        add("\n" + words + "\n");
    }

    void table(Table table) {
        add("\n" + table.markdown());
    }

    void aim(Aim aim) {
        aims.add(aim);
        terminal.printf("  aim: %s: %s, measured %s: %s%n", aim.what(), aim.wanted(), aim.measured(), aim.verdict());
    }

    /** @param name of the picture's file, behind {@value #CURVES} */
    void chart(String name, String title, LineChart chart) {
        charts.put(CURVES + name + ".svg", chart);
        body.append("\n![")
                .append(title)
                .append("](")
                .append(CURVES)
                .append(name)
                .append(".svg)\n");
    }

    /** All aims, as they go at the head of the document. */
    Table aims() {
        Table table = new Table("aim", "wanted", "measured", "");
        aims.forEach(aim -> table.row(aim.what(), aim.wanted(), aim.measured(), aim.verdict()));
        return table;
    }

    /** Writes what there is so far. */
    void write() {
        try {
            Files.createDirectories(folder);
            String explained = Files.exists(folder.resolve(EXPLANATION))
                    ? "\nWhere the time goes, and what would be next: [" + EXPLANATION + "](" + EXPLANATION + ").\n"
                    : "";
            Files.writeString(
                    folder.resolve(DOCUMENT),
                    "# Counting: how fast, and what it costs\n\n" + measuredOn + explained + "\n## Aims\n\n"
                            + aims().markdown() + body);
            for (Map.Entry<String, LineChart> chart : charts.entrySet()) {
                Files.writeString(
                        folder.resolve(chart.getKey()), chart.getValue().svg());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void add(String text) {
        body.append(text);
        terminal.print(text);
        terminal.flush();
    }
}
