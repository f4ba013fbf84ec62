package io.usance.ingestion.total;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.ingestion.Owners;
import io.usance.ingestion.Tenant;
import io.usance.testkit.Database;
import io.usance.testkit.Eventually;
import io.usance.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class CatchUpTest {
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final String HEADER = "Usance-Totals";

    @Inject
    KeepTotals keepTotals;

    @Inject
    MeterRegistry metrics;

    private final Tenant tenant = new Tenant();

    @Test
    void while_a_meter_catches_up_its_answers_are_right_and_say_so() throws SQLException {
        send("before");
        tenant.awaitStored(2);
        tenant.awaitCounted();
        String meter;
        try (Connection connection = Database.as("ingestion");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtextextended('ingestion:history', 0))");
            meter = tenant.meter("runs", "count", null, Map.of());
            send("after");
            tenant.awaitStored(4);
            Eventually.holds(DEADLINE, () -> assertThat(header(meter)).isEqualTo("catching-up;counted=0.00"));
            assertThat(tenant.answer(meter, "{}").at("/data/0/value").asText()).isEqualTo("4");
            assertThat(csv(meter).getHeader(HEADER)).startsWith("catching-up");
            assertThat(csv(meter).asString().strip()).endsWith(",4");
            assertGauge("ingestion.countings.filling", 1);
            assertGauge("ingestion.history.pending", 4);
        }
        tenant.awaitCounted();
        assertThat(header(meter)).isNull();
        assertThat(csv(meter).getHeader(HEADER)).isNull();
        assertThat(tenant.answer(meter, "{}").at("/data/0/value").asText()).isEqualTo("4");
        assertGauge("ingestion.countings.filling", 0);
    }

    @Test
    void a_meter_that_nobody_has_begun_to_count_catches_up() {
        send("one");
        tenant.awaitStored(2);
        keepTotals.stop();
        try {
            String meter = tenant.meter("runs", "count", null, Map.of());
            assertThat(header(meter)).isEqualTo("catching-up;counted=0");
            // Too narrow for totals.
            Response narrow =
                    tenant.query(meter, "{\"from\":\"2026-03-01T10:20:01Z\",\"to\":\"2026-03-01T10:20:02Z\"}");
            assertThat(narrow.getHeader(HEADER)).isEqualTo("catching-up;counted=0");
        } finally {
            keepTotals.start();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 0.00", "1, 3, 0.33", "99999, 100000, 0.99", "100, 100, 1", "101, 100, 1", "0, 0, 1"})
    void a_part_is_rounded_down_so_that_the_whole_is_the_whole(long counted, long size, BigDecimal part) {
        assertThat(CatchUp.of(counted, size)).isEqualTo(new CatchUp(Optional.of(part)));
    }

    private void send(String id) {
        tenant.accepts(
                Tenant.event(id, "ann", "2026-03-01T10:20:00Z", "{}"),
                Tenant.event(id + "-2", "bob", "2026-03-02T10:20:00Z", "{}"));
    }

    private String header(String meter) {
        Response response = tenant.query(meter, "{}");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.getHeader(HEADER);
    }

    private Response csv(String meter) {
        return tenant.request()
                .contentType("application/json")
                .accept("text/csv")
                .body("{}")
                .post("/v3/openmeter/meters/" + meter + "/query");
    }

    private void assertGauge(String name, double value) {
        Eventually.holds(
                DEADLINE, () -> assertThat(metrics.get(name).gauge().value()).isEqualTo(value));
    }
}
