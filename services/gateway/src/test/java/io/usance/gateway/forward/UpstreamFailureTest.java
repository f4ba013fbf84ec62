package io.usance.gateway.forward;

import static io.restassured.RestAssured.given;
import static io.usance.gateway.ForeignServices.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.gateway.ForeignServices;
import io.usance.gateway.GatewayTest;
import io.usance.gateway.RawHttp;
import io.usance.gateway.route.Upstream;
import io.usance.testkit.Eventually;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ForeignServices.class)
class UpstreamFailureTest extends GatewayTest {
    private static final String PREVIEW = "/v3/openmeter/customers/1/billing/invoice-preview";

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @AfterEach
    void everything_is_well_again() {
        assertThat(asAdmin().get(PREVIEW).statusCode()).isEqualTo(200);
    }

    @Test
    void a_service_that_is_away_makes_its_own_paths_unavailable_and_no_others() {
        service(Upstream.INVOICING).stop();
        try {
            Response response = asAdmin().get(PREVIEW);

            isProblem(response, 503, "unavailable", "Service Unavailable");
            assertThat(response.header("Retry-After")).isEqualTo("1");
            assertThat(asAdmin().get("/v3/openmeter/customers/1").statusCode()).isEqualTo(200);
            assertThat(metrics()).contains("gateway_upstreams_reachable{upstream=\"invoicing\"} 0.0");
            assertThat(given().get(management.resolve("/q/health/ready")).statusCode())
                    .isEqualTo(200);
        } finally {
            service(Upstream.INVOICING).start();
        }
        assertThat(asAdmin().get(PREVIEW).statusCode()).isEqualTo(200);
        assertThat(metrics()).contains("gateway_upstreams_reachable{upstream=\"invoicing\"} 1.0");
    }

    @Test
    void a_service_that_does_not_answer_in_time_is_not_waited_for() {
        Response response = asAdmin().header("X-Request-Id", "too-late").get(PREVIEW + "?do=hang");

        isProblem(response, 504, "unavailable", "Gateway Timeout");
        assertThat(response.header("Retry-After")).isEqualTo("1");
        Eventually.holds(
                Duration.ofSeconds(5),
                () -> assertThat(service(Upstream.INVOICING).broken()).contains("too-late"));
    }

    @Test
    void a_service_that_dies_before_it_answers_makes_it_unavailable() {
        isProblem(asAdmin().post(PREVIEW + "?do=die"), 503, "unavailable", "Service Unavailable");
    }

    @Test
    void an_answer_that_breaks_off_is_cut_off_and_not_made_whole() throws Exception {
        String answer = RawHttp.exchange(
                gateway,
                "GET " + PREVIEW + "?do=die-midway HTTP/1.1",
                "Authorization: Bearer " + ForeignServices.catalog().issue("acme", "admin"));

        assertThat(answer).startsWith("HTTP/1.1 200").contains("half of what").doesNotContain("\r\n0\r\n");
        Eventually.holds(
                Duration.ofSeconds(5),
                () -> assertThat(metrics())
                        .contains("route=\"customers/*/billing/invoice-preview\",status=\"aborted\"")
                        .containsPattern("reason=\"cut\",upstream=\"invoicing\"} [1-9]"));
    }

    @Test
    void a_caller_who_goes_away_takes_the_request_along_and_blames_nobody() throws Exception {
        double failures = failures();
        try (RawHttp http = new RawHttp(gateway)) {
            http.send("GET " + PREVIEW + "?do=hang HTTP/1.1\r\nHost: x\r\nX-Request-Id: gone\r\nAuthorization: Bearer "
                    + ForeignServices.catalog().issue("acme", "admin") + "\r\n\r\n");
            Eventually.holds(
                    Duration.ofSeconds(5),
                    () -> assertThat(service(Upstream.INVOICING).seen())
                            .anyMatch(seen -> "gone".equals(seen.headers().get("X-Request-Id"))));
        }
        Eventually.holds(
                Duration.ofSeconds(3),
                () -> assertThat(service(Upstream.INVOICING).broken()).contains("gone"));
        assertThat(failures()).isEqualTo(failures);
    }

    @Test
    void metrics_tell_routes_apart_and_never_ids() {
        asAdmin().get("/v3/openmeter/meters/01HIDID/query").then().statusCode(200);
        asAdmin().get("/v3/openmeter/nothing-of-ours").then().statusCode(404);

        assertThat(metrics())
                .contains("gateway_requests_answered_seconds_count{route=\"meters/*/query\",status=\"200\"}")
                .contains("gateway_requests_answered_seconds_count{route=\"none\",status=\"404\"}")
                .contains("gateway_tokens_exchanged_total{result=\"known\"}")
                .doesNotContain("01HIDID", "nothing-of-ours");
    }

    private double failures() {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("gateway_upstreams_failed_total") && line.contains("invoicing"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String metrics() {
        return given().get(management.resolve("/q/metrics")).asString();
    }
}
