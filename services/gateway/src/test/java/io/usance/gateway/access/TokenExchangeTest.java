package io.usance.gateway.access;

import static io.restassured.RestAssured.given;
import static io.usance.gateway.ForeignServices.catalog;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.gateway.ForeignCatalog;
import io.usance.gateway.ForeignServices;
import io.usance.gateway.GatewayTest;
import io.usance.gateway.route.Upstream;
import io.usance.testkit.Eventually;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ForeignServices.class)
class TokenExchangeTest extends GatewayTest {
    private static final String METERS = "/v3/openmeter/meters";
    private static final Duration TTL = Duration.ofSeconds(2);

    /** What a busy machine may take on top. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    @AfterEach
    void everything_is_well_again() {
        catalog().become(ForeignCatalog.Mood.ANSWERING);
        Eventually.holds(
                Duration.ofSeconds(10),
                () -> assertThat(asAdmin().get(METERS).statusCode()).isEqualTo(200));
    }

    @Test
    void the_service_gets_a_signed_token_that_says_who_calls() throws Exception {
        String token = catalog().issue("acme", "meter_admin", "billing_viewer");

        Response echo = with(token).get(METERS);

        List<String> authorization = echo.path("headers.authorization");
        assertThat(authorization)
                .singleElement()
                .asString()
                .startsWith("Bearer ey")
                .doesNotContain(token);
        JwtClaims claims = verified(authorization.getFirst());
        assertThat(claims.getIssuer()).isEqualTo("usance-gateway");
        assertThat(claims.getAudience()).containsExactly("usance");
        assertThat(claims.getSubject()).startsWith("01TKN");
        assertThat(claims.getStringClaimValue("upn")).isEqualTo("a token of acme");
        assertThat(claims.getStringClaimValue("ns")).isEqualTo("acme");
        assertThat(claims.getStringListClaimValue("groups")).containsExactlyInAnyOrder("meter_admin", "billing_viewer");
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isEqualTo(60);
    }

    @Test
    void the_gateway_introduces_itself_to_catalog_with_a_token_of_its_own() throws Exception {
        asAdmin().get(METERS).then().statusCode(200);

        JwtClaims claims = verified(catalog().lastAuthorization());
        assertThat(claims.getStringListClaimValue("groups")).containsExactly("gateway");
        assertThat(claims.hasClaim("ns")).isFalse();
    }

    @Test
    void one_signed_token_serves_many_requests_of_one_caller_and_of_no_other() {
        String token = catalog().issue("acme", "admin");

        String first = with(token).get(METERS).path("headers.authorization[0]");

        assertThat((String) with(token).get(METERS).path("headers.authorization[0]"))
                .isEqualTo(first);
        assertThat((String) asAdmin().get(METERS).path("headers.authorization[0]"))
                .isNotEqualTo(first);
    }

    @Test
    void without_a_token_nothing_is_passed_on() {
        int before = ForeignServices.service(Upstream.CATALOG).seen().size();

        Response response = given().get(METERS);

        isProblem(response, 401, "unauthenticated", "Unauthorized");
        assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(ForeignServices.service(Upstream.CATALOG).seen()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer xyz", "Basic a2V5OnZhbHVl", "kpat_abc", "Bearer kpat_a b"})
    void what_cannot_be_a_token_is_refused_without_asking(String header) {
        int before = ForeignServices.service(Upstream.CATALOG).seen().size();

        isProblem(given().header("Authorization", header).get(METERS), 401, "unauthenticated", "Unauthorized");
        assertThat(ForeignServices.service(Upstream.CATALOG).seen()).hasSize(before);
    }

    @Test
    void a_signed_token_from_outside_is_worth_nothing() {
        String signed = asAdmin().get(METERS).path("headers.authorization[0]");

        isProblem(given().header("Authorization", signed).get(METERS), 401, "unauthenticated", "Unauthorized");
    }

    @Test
    void an_unknown_token_is_refused_and_asked_for_only_once() {
        String token = "kpat_nobodys";

        Response response = with(token).get(METERS);
        with(token).get(METERS).then().statusCode(401);

        isProblem(response, 401, "unauthenticated", "Unauthorized");
        assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(response.asString()).doesNotContain(token);
        assertThat(catalog().asked(token)).isEqualTo(1);
    }

    @Test
    void a_revoked_token_stops_to_work_within_the_time_that_answers_count() {
        String token = catalog().issue("acme", "admin");
        with(token).get(METERS).then().statusCode(200);

        catalog().revoke(token);

        long revoked = System.nanoTime();
        Eventually.holds(
                TTL.plusSeconds(5),
                () -> assertThat(with(token).get(METERS).statusCode()).isEqualTo(401));
    }

    @Test
    void a_token_is_not_remembered_beyond_its_own_end() {
        String token = catalog().issue("acme", Instant.now().minusSeconds(1), "admin");

        with(token).get(METERS).then().statusCode(200);
        with(token).get(METERS).then().statusCode(200);

        // It is catalog that decides; the gateway just does not rely on an old answer.
        assertThat(catalog().asked(token)).isEqualTo(2);
    }

    @Test
    void many_who_ask_at_once_cause_one_question() {
        String token = catalog().issue("acme", "admin");
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(gateway.resolve(METERS))
                    .header("Authorization", "Bearer " + token)
                    .build();
            List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(
                            () -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                    .limit(50)
                    .toList();
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.get(10, SECONDS).statusCode()).isEqualTo(200));
        }
        // One more at most, if the fifty took longer than an answer counts.
        assertThat(catalog().asked(token)).isBetween(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILING", "HANGING"})
    void when_catalog_does_not_say_who_it_is_the_request_is_unavailable(ForeignCatalog.Mood mood) {
        catalog().become(mood);

        Response response = asAdmin().get("/v3/openmeter/events");

        isProblem(response, 503, "unavailable", "Service Unavailable");
        assertThat(response.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void when_catalog_is_away_a_remembered_caller_is_served_and_a_new_one_is_not() {
        String known = catalog().issue("acme", "admin");
        String unknown = catalog().issue("acme", "admin");
        with(known).get("/v3/openmeter/events").then().statusCode(200);
        ForeignServices.service(Upstream.CATALOG).stop();
        try {
            assertThat(with(known).get("/v3/openmeter/events").statusCode()).isEqualTo(200);
            isProblem(with(unknown).get("/v3/openmeter/events"), 503, "unavailable", "Service Unavailable");
        } finally {
            ForeignServices.service(Upstream.CATALOG).start();
        }
        // A failure is not remembered.
        Eventually.holds(
                Duration.ofSeconds(5),
                () -> assertThat(with(unknown).get("/v3/openmeter/events").statusCode())
                        .isEqualTo(200));
    }

    private static JwtClaims verified(String authorization) throws Exception {
        String pem = Files.readString(ForeignServices.publicKey())
                .replaceAll("-----[A-Z ]+-----", "")
                .replaceAll("\\s", "");
        PublicKey key = KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem)));
        return new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "ES256")
                .setExpectedIssuer("usance-gateway")
                .setExpectedAudience("usance")
                .setRequireExpirationTime()
                .build()
                .processToClaims(authorization.substring("Bearer ".length()));
    }
}
