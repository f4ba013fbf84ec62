package io.usance.runtime.observability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.runtime.lamp.LampPlatform;
import io.usance.testkit.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LampPlatform.class)
class ManagementTest {
    @TestHTTPResource(value = "/", management = true)
    String management;

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/health/started", "/metrics"})
    void what_is_for_the_platform_is_not_served_to_callers(String path) {
        given().get("/q" + path).then().statusCode(404);
        // Another test may just have taken the database away and brought it back.
        Eventually.holds(
                Duration.ofSeconds(10),
                () -> given().baseUri(management).get(path).then().statusCode(200));
    }

    @Test
    void a_service_is_ready_when_its_database_answers() {
        given().baseUri(management)
                .get("/health/ready")
                .then()
                .body("status", equalTo("UP"))
                .body("checks.name.join()", containsString("PostgreSQL"));
    }

    @Test
    void whether_a_service_is_ready_is_measured() {
        Eventually.holds(
                Duration.ofSeconds(60),
                () -> assertThat(given().baseUri(management).get("/metrics").asString())
                        .contains("\nhealth_ready 1.0"));
    }

    @Test
    void what_has_not_happened_yet_is_measured_from_the_start() {
        assertThat(given().baseUri(management).get("/metrics").asString())
                .contains(
                        "\ndeliveries_rejected_total{topic=\"lamps\"}",
                        "\ndeliveries_oldest_age_seconds{topic=\"lamps\"}",
                        "\nhttp_problems_sent_total{type=\"internal\"}");
    }

    @Test
    void the_outbox_is_measured() {
        String metrics = given().baseUri(management).get("/metrics").asString();
        assertThat(metrics).contains("outbox_pending ", "outbox_oldest_age_seconds ", "outbox_messages_sent_total ");
    }
}
