package io.usance.gateway.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.gateway.ForeignServices;
import io.usance.gateway.GatewayTest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What everybody may see without a token. */
@QuarkusTest
@QuarkusTestResource(ForeignServices.class)
class PagesTest extends GatewayTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    @ParameterizedTest
    @ValueSource(strings = {"/left-out.html", "/docs", "/docs/"})
    void pages_are_hardened_and_load_only_files_that_are_there(String path) {
        Response page = given().get(path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .contains("script-src 'self';")
                .doesNotContain("unsafe-eval", "http:", "https:", "*");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        List<String> references = REFERENCE
                .matcher(page.asString())
                .results()
                .map(MatchResult::group)
                .map(reference -> REFERENCE.matcher(reference).replaceAll("$1"))
                .toList();
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("/").doesNotStartWith("//");
            assertThat(given().get(reference).statusCode()).isEqualTo(200);
        });
    }

    @Test
    void without_the_console_a_page_shows_the_first_call() {
        assertThat(given().get("/left-out.html").asString())
                .contains(
                        "Usance",
                        "is running",
                        "not part of this build",
                        "/v3/openmeter/meter-templates",
                        "Authorization: Bearer");
    }

    @Test
    void the_reference_reads_our_document_and_no_other_origin() {
        assertThat(given().get("/docs/docs.js").asString())
                .contains("url: '/v3/openapi.json'", "validatorUrl: null")
                .doesNotContain("http:", "https:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3", "/api/v3"})
    void the_description_of_the_api_is_served_twice_with_the_same_content(String base) throws Exception {
        Response yaml = given().get(base + "/openapi.yaml");
        Response json = given().get(base + "/openapi.json");

        assertThat(yaml.statusCode()).isEqualTo(200);
        assertThat(yaml.contentType()).isEqualTo("application/yaml");
        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(json.contentType()).isEqualTo("application/json");
        assertThat(new ObjectMapper().readTree(json.asString()))
                .isEqualTo(new YAMLMapper().readTree(yaml.asByteArray()));
        assertThat((String) json.path("openapi")).startsWith("3.0");
    }

    @Test
    void health_and_metrics_are_not_served_here() {
        for (String path : new String[] {"/q/health", "/q/health/ready", "/q/metrics", "/q", "/nothing"}) {
            isProblem(given().get(path), 404, "not-found", "Not Found");
        }
    }

    @Test
    void a_file_that_is_not_ours_is_not_served() {
        for (String path : new String[] {"/application.properties", "/META-INF/MANIFEST.MF", "/webjars/swagger-ui"}) {
            isProblem(given().get(path), 404, "not-found", "Not Found");
        }
    }
}
