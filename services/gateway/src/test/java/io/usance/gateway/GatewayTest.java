package io.usance.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/** What the tests of the running gateway share. */
public abstract class GatewayTest {
    @TestHTTPResource("/")
    protected URI gateway;

    /** A request with a new token of an administrator. */
    protected static RequestSpecification asAdmin() {
        return with(ForeignServices.catalog().issue("acme", "admin"));
    }

    protected static RequestSpecification with(String token) {
        // Paths and queries go out exactly as they stand in the test.
        return given().urlEncodingEnabled(false).header(new Header("Authorization", "Bearer " + token));
    }

    /** Checks the shape of a problem to the byte, apart from what it says to a person. */
    protected static void isProblem(Response response, int status, String slug, String title) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        JsonObject problem = new JsonObject(response.body().asString());
        assertThat(response.body().asString())
                .isEqualTo(
                        "{\"type\":\"https://kongapi.info/konnect/%s\",\"status\":%d,\"title\":\"%s\",\"instance\":\"urn:request:%s\",\"detail\":%s}"
                                .formatted(
                                        slug,
                                        status,
                                        title,
                                        response.header("X-Request-Id"),
                                        io.vertx.core.json.Json.encode(problem.getString("detail"))));
        assertThat(problem.getString("detail")).isNotBlank();
    }
}
