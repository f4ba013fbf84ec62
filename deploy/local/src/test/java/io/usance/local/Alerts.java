package io.usance.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code deploy/monitoring/alerts.yaml} says. */
final class Alerts {
    static final Path FILE = Path.of("../monitoring/alerts.yaml");

    /** All that may stand in our expressions and is no metric. A function that is not here fails a test, and is added. */
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "unless",
            "on",
            "by",
            "without",
            "offset",
            "sum",
            "max",
            "min",
            "rate",
            "increase",
            "changes",
            "histogram_quantile");

    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|on|without) *\\([^)]*\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\boffset +\\w+");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    /** An alert as Prometheus reads it. */
    record Alert(String name, String expression, String severity, JsonNode annotations) {
        /** The metrics that it asks for. */
        Set<String> metrics() {
            String names = LABELS.matcher(expression).replaceAll(" ");
            names = GROUPING.matcher(names).replaceAll(" ");
            names = RANGE.matcher(names).replaceAll(" ");
            Set<String> metrics = new TreeSet<>();
            Matcher name = NAME.matcher(names);
            while (name.find()) {
                metrics.add(name.group());
            }
            metrics.removeAll(WORDS);
            return metrics;
        }
    }

    /** All, in the order of the file. */
    static List<Alert> all() throws IOException {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode group : new YAMLMapper().readTree(FILE.toFile()).get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                alerts.add(new Alert(
                        rule.path("alert").asText(),
                        rule.path("expr").asText(),
                        rule.path("labels").path("severity").asText(),
                        rule.path("annotations")));
            }
        }
        return alerts;
    }

    private Alerts() {}
}
