package io.usance.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that mean nothing are refused before anything is installed. */
class ValuesTest {
    private static final Path EVALUATION = Chart.FOLDER.resolve("ci/evaluation.yaml");
    private static final Path PRODUCTION = Chart.FOLDER.resolve("values-production.yaml");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catalogue.replicas",
                "catalog.replica",
                "ingestion.autoscaling.max",
                "ingestion.resources.request.cpu",
                "gateway.image.digests",
                "global.postgres.adress",
                "global.kafka.sasl.mecanism",
                "global.networkPolicy.from",
                "monitoring.alert.enabled",
                "ingress.host",
                "topics.partitions",
                "gateway.migration.resources",
            })
    void a_typo_fails(String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        assertThatThrownBy(() -> Chart.renderWith(EVALUATION, path, "1"))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .satisfies(refused -> assertThat(List.of(path.split("\\.")))
                        .as("names what is wrong in %s, %s: %s", path, name, refused.getMessage())
                        .anyMatch(refused.getMessage()::contains));
    }

    @ParameterizedTest
    @CsvSource({
        "catalog.replicas,many",
        "global.postgres.address,postgres",
        "global.kafka.bootstrap,kafka:9092;other:9092",
        "global.kafka.sasl.mechanism,SCRAM",
        "global.tracing.endpoint,collector",
        "gateway.image.digest,abc",
        "topics.eventPartitions,0",
        "gateway.image.pullPolicy,Sometimes",
    })
    void a_value_that_means_nothing_fails(String path, String value) {
        assertThatThrownBy(() -> Chart.renderWith(EVALUATION, path, value))
                .hasMessageContaining("values don't meet the specifications of the schema");
    }

    @ParameterizedTest
    @CsvSource({
        "global.postgres.existingSecret,global.postgres.existingSecret: with a Postgres of your own",
        "global.postgres.tls.caSecret,global.postgres.tls.caSecret: say which Secret",
        "global.kafka.sasl.existingSecret,global.kafka.sasl.existingSecret: say which Secret",
    })
    void what_is_missing_is_named(String path, String message) {
        assertThatThrownBy(() -> Chart.renderWith(PRODUCTION, path, "")).hasMessageContaining(message);
    }

    @Test
    void every_schema_is_closed_and_knows_every_value() throws Exception {
        List<String> faults = new ArrayList<>();
        List<Path> charts = new ArrayList<>(List.of(Chart.FOLDER));
        Chart.SERVICES.forEach(
                service -> charts.add(Chart.FOLDER.resolve("charts").resolve(service)));
        for (Path chart : charts) {
            assertThat(Files.exists(chart.resolve("values.schema.json"))).isTrue();
            JsonNode schema = Chart.read(chart.resolve("values.schema.json"));
            closed(chart.toString(), schema, faults);
            Chart.read(chart.resolve("values.yaml")).properties().forEach(value -> {
                if (!schema.path("properties").has(value.getKey())) {
                    faults.add(chart + " has no " + value.getKey());
                }
            });
        }
        assertThat(faults).isEmpty();
    }

    private static void closed(String path, JsonNode schema, List<String> faults) {
        if (schema.has("properties") && schema.path("additionalProperties").asBoolean(true)) {
            faults.add(path + " is open");
        }
        schema.path("properties")
                .properties()
                .forEach(property -> closed(path + "." + property.getKey(), property.getValue(), faults));
    }
}
