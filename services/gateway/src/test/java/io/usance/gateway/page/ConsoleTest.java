package io.usance.gateway.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.gateway.ForeignServices;
import io.usance.gateway.GatewayTest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as this build has it. */
@QuarkusTest
@QuarkusTestResource(ForeignServices.class)
class ConsoleTest extends GatewayTest {
    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
    private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

    @BeforeEach
    void the_build_has_it() {
        assumeTrue(getClass().getResource("/META-INF/resources/index.html") != null, "Node was missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/metering", "/metering/meters/01KJM00000000000000000METR", "/catalog/plans", "/nowhere"})
    void every_address_of_a_person_leads_to_the_one_page(String path) {
        Response page = given().header("Accept", HTML).get(path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self';");
        assertThat(page.asString()).contains("<div id=\"root\">").doesNotContainPattern("<script(?![^>]*src=)");
    }

    @Test
    void what_is_behind_a_name_never_changes_and_is_sent_small() {
        Matcher script = SCRIPT.matcher(given().get("/").asString());
        assertThat(script.find()).isTrue();

        Response file = given().header("Accept-Encoding", "gzip").get(script.group(1));

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(file.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/assets/gone-12345678.js", "/v3", "/api/v3/nowhere", "/q/metrics", "/docs/nowhere", "/a.txt"})
    void what_is_no_page_is_not_one_for_a_person_either(String path) {
        Response response = given().header("Accept", HTML).get(path);

        isProblem(response, 404, "not-found", "Not Found");
        assertThat(response.headers().getValues("Cache-Control")).doesNotContain("public, max-age=31536000, immutable");
    }

    @Test
    void programs_get_no_page_where_they_ask_for_something_that_is_not_there() {
        isProblem(given().get("/metering"), 404, "not-found", "Not Found");
        isProblem(given().header("Accept", HTML).post("/metering"), 404, "not-found", "Not Found");
    }

    @Test
    void answers_of_services_go_by_as_they_are() {
        Response answer = asAdmin().header("Accept-Encoding", "gzip").get("/v3/openmeter/meters");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isNull();
    }
}
