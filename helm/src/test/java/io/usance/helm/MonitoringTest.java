package io.usance.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who is woken finds what to do, and what is drawn is measured. */
class MonitoringTest {
    private static final Path PRODUCTION = Chart.FOLDER.resolve("values-production.yaml");
    private static final Path METRICS = Path.of("../docs/reference/metrics.md");

    @Test
    void every_alert_has_a_runbook() {
        List<String> alerts = new ArrayList<>();
        for (JsonNode group :
                Chart.object(PRODUCTION, "PrometheusRule", "usance-alerts").at("/spec/groups")) {
            for (JsonNode rule : group.path("rules")) {
                String alert = rule.path("alert").asText();
                alerts.add(alert);
                assertThat(Path.of("../docs/runbooks", alert + ".md")).as(alert).exists();
                assertThat(rule.at("/annotations/runbook_url").asText())
                        .as(alert)
                        .endsWith("/" + alert + ".md");
            }
        }
        assertThat(alerts).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }

    @Test
    void runbooks_are_where_the_operator_keeps_them() {
        String rendered =
                Chart.renderWith(PRODUCTION, "monitoring.alerts.runbooks", "https://wiki.example.com/usance/");
        assertThat(rendered)
                .contains("runbook_url: https://wiki.example.com/usance/ServiceDown.md")
                .doesNotContain("runbook_url: docs/");
    }

    @Test
    void what_is_scraped_has_the_names_that_the_alerts_ask_for() {
        JsonNode monitor =
                Chart.object(PRODUCTION, "ServiceMonitor", "usance-services").path("spec");
        assertThat(monitor.path("jobLabel").asText()).isEqualTo("app.kubernetes.io/part-of");
        assertThat(monitor.at("/endpoints/0/relabelings/0/targetLabel").asText())
                .isEqualTo("service");
        for (String service : Chart.SERVICES) {
            JsonNode labels =
                    Chart.object(PRODUCTION, "Service", "usance-" + service).at("/metadata/labels");
            assertThat(labels.path("app.kubernetes.io/part-of").asText()).isEqualTo("usance");
            assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo(service);
        }
    }

    @Test
    void every_panel_draws_what_is_measured() throws IOException {
        String known = Files.readString(METRICS);
        Set<String> unknown = new TreeSet<>();
        int panels = 0;
        JsonNode data =
                Chart.object(PRODUCTION, "ConfigMap", "usance-dashboards").path("data");
        for (var file : data.properties()) {
            JsonNode dashboard = new ObjectMapper().readTree(file.getValue().asText());
            assertThat(dashboard.path("title").asText()).startsWith("Usance");
            for (JsonNode panel : dashboard.path("panels")) {
                panels++;
                assertThat(panel.path("description").asText())
                        .as(panel.path("title").asText())
                        .endsWith("?");
                for (JsonNode target : panel.path("targets")) {
                    Matcher metric = Pattern.compile("\\b([a-z]+(?:_[a-z0-9]+)+)\\b(?=[\\[{) ]|$)")
                            .matcher(target.path("expr").asText());
                    while (metric.find()) {
                        // Buckets are part of a histogram.
                        String name = metric.group(1).replaceFirst("_bucket$", "");
                        if (!known.contains("`" + name + "`") && !name.equals("histogram_quantile")) {
                            unknown.add(name);
                        }
                    }
                }
            }
        }
        assertThat(panels).isGreaterThan(8);
        assertThat(unknown).isEmpty();
    }
}
