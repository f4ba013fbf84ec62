package io.usance.gateway.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.usance.gateway.ForeignServices;
import io.usance.gateway.GatewayTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway for programs only. */
@QuarkusTest
@QuarkusTestResource(ForeignServices.class)
@TestProfile(NoConsoleTest.ApiOnly.class)
class NoConsoleTest extends GatewayTest {
    public static class ApiOnly implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.console.enabled", "false");
        }
    }

    @Test
    void without_the_console_the_root_says_so_and_shows_the_first_call() {
        assertThat(given().get("/").asString()).contains("not part of this build", "/v3/openmeter/meter-templates");
        isProblem(given().header("Accept", "text/html").get("/metering"), 404, "not-found", "Not Found");
        assertThat(asAdmin().get("/v3/openmeter/meters").statusCode()).isEqualTo(200);
    }
}
