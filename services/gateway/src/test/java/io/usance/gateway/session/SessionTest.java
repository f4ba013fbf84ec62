package io.usance.gateway.session;

import static io.restassured.RestAssured.given;
import static io.usance.gateway.ForeignServices.catalog;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.usance.gateway.ForeignServices;
import io.usance.gateway.GatewayTest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ForeignServices.class)
class SessionTest extends GatewayTest {
    private static final String METERS = "/v3/openmeter/meters";

    @Test
    void a_token_is_shown_once_and_from_then_on_a_cookie_stands_for_it() {
        String token = catalog().issue("acme", "meter_admin", "billing_viewer");

        Response signedIn = signIn(token);

        assertThat(signedIn.statusCode()).isEqualTo(200);
        assertThat((List<String>) signedIn.path("roles")).containsExactly("billing_viewer", "meter_admin");
        assertThat((String) signedIn.path("namespace")).isEqualTo("acme");
        assertThat(signedIn.header("Cache-Control")).isEqualTo("no-store");
        assertThat(signedIn.header("Set-Cookie"))
                .contains("HTTPOnly", "SameSite=Strict", "Path=/")
                .doesNotContain(token, token.substring(5), "Secure");
        Response echo = withCookie(signedIn).get(METERS);
        assertThat(echo.statusCode()).isEqualTo(200);
        List<String> authorization = echo.path("headers.authorization");
        assertThat(authorization).hasSize(1).allMatch(header -> header.startsWith("Bearer ey"));
        assertThat((Map<String, ?>) echo.path("headers")).doesNotContainKey("cookie");
        assertThat((String) withCookie(signedIn).get("/session").path("expires_at"))
                .isEqualTo(signedIn.path("expires_at"));
    }

    @Test
    void a_session_lasts_half_a_day_and_no_longer_than_its_token() {
        Instant soon = Instant.now().plusSeconds(600);

        Instant unlimited =
                Instant.parse(signIn(catalog().issue("acme", "admin")).path("expires_at"));
        Instant limited =
                Instant.parse(signIn(catalog().issue("acme", soon, "admin")).path("expires_at"));

        assertThat(Duration.between(Instant.now(), unlimited)).isBetween(Duration.ofMinutes(719), Duration.ofHours(12));
        assertThat(limited).isEqualTo(soon);
    }

    @Test
    void behind_tls_the_cookie_never_goes_over_plain_http() {
        assertThat(given().contentType("application/json")
                        .header("X-Forwarded-Proto", "https")
                        .body(body(catalog().issue("acme", "admin")))
                        .post("/session")
                        .header("Set-Cookie"))
                .contains("Secure");
    }

    @Test
    void a_token_that_nobody_knows_signs_nobody_in() {
        Response refused = signIn("kpat_unknown");

        isProblem(refused, 401, "unauthenticated", "Unauthorized");
        assertThat(refused.header("Set-Cookie")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"token\":5}",
                "{\"token\":null}",
                "{\"token\":\"secret\"}",
                "{\"token\":\"kpat_a b\"}",
                "{\"token\":\"kpat_a\",\"remember\":true}",
                "{\"token\":\"kpat_a\"} {}"
            })
    void anything_but_a_token_is_refused(String body) {
        isProblem(
                given().contentType("application/json").body(body).post("/session"), 400, "bad-request", "Bad Request");
    }

    @Test
    void a_form_signs_nobody_in() {
        isProblem(
                given().contentType("text/plain")
                        .body(body(catalog().issue("acme", "admin")))
                        .post("/session"),
                415,
                "bad-request",
                "Unsupported Media Type");
        isProblem(
                given().contentType("application/json")
                        .body("{\"token\":\"" + "k".repeat(5000) + "\"}")
                        .post("/session"),
                413,
                "bad-request",
                "Content Too Large");
    }

    @Test
    void signing_out_forgets_the_session() {
        Response signedOut =
                withCookie(signIn(catalog().issue("acme", "admin"))).delete("/session");

        assertThat(signedOut.statusCode()).isEqualTo(204);
        assertThat(signedOut.header("Set-Cookie")).contains("usance_session=;", "Max-Age=0");
        isProblem(given().get("/session"), 401, "unauthenticated", "Unauthorized");
    }

    @Test
    void a_cookie_that_is_not_ours_is_no_session_and_is_forgotten() {
        String sealed = signIn(catalog().issue("acme", "admin")).cookie("usance_session");
        String forged = sealed.substring(0, 20) + (sealed.charAt(20) == 'A' ? 'B' : 'A') + sealed.substring(21);
        for (String cookie : List.of(forged, "", "AAAA", "%%", sealed.substring(0, 30))) {
            for (String path : List.of("/session", METERS)) {
                Response refused = given().cookie("usance_session", cookie).get(path);
                isProblem(refused, 401, "unauthenticated", "Unauthorized");
                assertThat(refused.header("Set-Cookie")).contains("Max-Age=0");
            }
        }
    }

    @Test
    void a_header_counts_more_than_a_cookie() {
        Response session = signIn(catalog().issue("acme", "admin"));

        isProblem(
                withCookie(session)
                        .header("Authorization", "Bearer kpat_unknown")
                        .get(METERS),
                401,
                "unauthenticated",
                "Unauthorized");
    }

    @Test
    void another_site_makes_a_browser_do_nothing_here() {
        Response session = signIn(catalog().issue("acme", "admin"));

        for (String path : List.of(METERS, "/session")) {
            isProblem(
                    withCookie(session).header("Sec-Fetch-Site", "cross-site").get(path),
                    403,
                    "unauthorized",
                    "Forbidden");
            isProblem(
                    withCookie(session).header("Sec-Fetch-Site", "same-site").get(path),
                    403,
                    "unauthorized",
                    "Forbidden");
            isProblem(
                    withCookie(session).header("Origin", "https://evil.example").delete(path),
                    403,
                    "unauthorized",
                    "Forbidden");
            isProblem(withCookie(session).header("Origin", "null").delete(path), 403, "unauthorized", "Forbidden");
        }
        assertThat(withCookie(session)
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Origin", "http://" + gateway.getAuthority())
                        .post(METERS)
                        .statusCode())
                .isEqualTo(200);
        assertThat(withCookie(session)
                        .header("X-Forwarded-Host", "usance.example")
                        .header("Origin", "https://usance.example")
                        .post(METERS)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_token_that_was_revoked_ends_its_sessions() {
        String token = catalog().issue("acme", "admin");
        Response session = signIn(token);
        catalog().revoke(token);

        io.usance.testkit.Eventually.holds(
                Duration.ofSeconds(10),
                () -> assertThat(withCookie(session).get(METERS).statusCode()).isEqualTo(401));
    }

    private static Response signIn(String token) {
        return given().contentType("application/json").body(body(token)).post("/session");
    }

    private static String body(String token) {
        return new JsonObject().put("token", token).encode();
    }

    private static RequestSpecification withCookie(Response session) {
        return given().cookie("usance_session", session.cookie("usance_session"));
    }
}
