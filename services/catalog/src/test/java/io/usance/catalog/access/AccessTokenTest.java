package io.usance.catalog.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import io.usance.catalog.Api;
import io.usance.contracts.access.Roles;
import io.usance.testkit.Database;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(BootstrapToken.class)
class AccessTokenTest {
    private static final String PATH = "/access-tokens";

    private final String namespace = Namespaces.fresh();
    private final Api api = Api.of(namespace);
    private final Api gateway = Api.withRoles(namespace, Roles.GATEWAY);

    @Inject
    BootstrapAccess bootstrap;

    @Test
    void the_secret_is_shown_once_and_kept_as_a_hash_only() {
        Response created = api.post(PATH, """
                {"name": "laptop", "roles": ["ingest", "meter_admin"]}""");

        created.then()
                .statusCode(201)
                .body("name", equalTo("laptop"))
                .body("kind", equalTo("personal"))
                .body("roles", contains("ingest", "meter_admin"))
                .body("token", matchesPattern("kpat_[0-9A-Za-z]{40}"))
                .body("created_at", notNullValue())
                .body("revoked_at", nullValue())
                .body("last_used_at", nullValue());
        String token = created.path("token");
        assertThat(created.<String>path("hint")).isEqualTo(token.substring(token.length() - 4));
        assertThat(api.get(PATH).asString()).doesNotContain(token).doesNotContain("\"token\"");
        assertThat(Database.column(
                        "select access_token::text from catalog.access_token where namespace = ?", namespace))
                .singleElement()
                .asString()
                .doesNotContain(token)
                .contains(new Secret(token).hash());
    }

    @Test
    void a_personal_token_lives_for_a_year_at_most_and_a_systems_for_ever() {
        String personal = api.post(PATH, """
                {"name": "p", "roles": ["admin"]}""").path("expires_at");
        assertThat(Instant.parse(personal))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(364)), Instant.now().plus(Duration.ofDays(367)));
        api.post(PATH, """
                {"name": "s", "kind": "system_account", "roles": ["ingest"]}""")
                .then()
                .statusCode(201)
                .body("token", matchesPattern("spat_[0-9A-Za-z]{40}"))
                .body("expires_at", nullValue());
        String far = Instant.now().plus(Duration.ofDays(800)).toString();
        api.post(PATH, """
                {"name": "p", "roles": ["admin"], "expires_at": "%s"}""".formatted(far))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("expires_at"))
                .body("invalid_parameters.rule", contains("max"));
        api.post(PATH, """
                {"name": "s", "kind": "system_account", "roles": ["ingest"], "expires_at": "%s"}""".formatted(far)).then().statusCode(201);
    }

    @Test
    void an_expiry_in_the_past_is_refused() {
        api.post(PATH, """
                {"name": "p", "roles": ["admin"], "expires_at": "2020-01-01T00:00:00Z"}""").then().statusCode(400).body("invalid_parameters.field", contains("expires_at"));
    }

    @Test
    void every_fault_of_a_body_is_in_one_problem() {
        api.post(PATH, """
                {"name": "", "kind": "robot", "roles": ["admin", "god"], "expires_at": "soon", "more": 1}""")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("https://kongapi.info/konnect/bad-request"))
                .body("invalid_parameters.field", hasItems("name", "kind", "roles[1]", "expires_at", "more"))
                .body("invalid_parameters.rule", hasItems("min_length", "enum", "is_date_time", "unknown_property"));
        api.post(PATH, "{}").then().statusCode(400).body("invalid_parameters.field", hasItems("name", "roles"));
        api.post(PATH, """
                {"name": "x", "roles": []}""").then().statusCode(400).body("invalid_parameters.rule", contains("min_items"));
    }

    @Test
    void the_list_is_paged_filtered_and_sorted() {
        for (String name : List.of("beta", "alpha", "gamma")) {
            api.create(PATH, """
                    {"name": "%s", "roles": ["ingest"]}""".formatted(name));
        }
        api.get(PATH).then().statusCode(200).body("data.name", contains("beta", "alpha", "gamma"));
        api.get(PATH, "sort", "name desc").then().body("data.name", contains("gamma", "beta", "alpha"));
        api.get(PATH, "page[size]", 2, "page[number]", 2)
                .then()
                .body("data.name", contains("gamma"))
                .body("meta.page.total", equalTo(3));
        api.get(PATH, "filter[name][contains]", "A", "sort", "name").then().body("data", hasSize(3));
        api.get(PATH, "filter[name]", "alpha").then().body("data.name", contains("alpha"));
        api.get(PATH, "filter[hash]", "x").then().statusCode(400);
    }

    @Test
    void the_gateway_learns_who_a_token_is() {
        Response created = api.post(PATH, """
                {"name": "laptop", "roles": ["ingest", "meter_admin"]}""");

        exchange(created.path("token"))
                .then()
                .statusCode(200)
                .body("token_id", equalTo(created.path("id")))
                .body("name", equalTo("laptop"))
                .body("namespace", equalTo(namespace))
                .body("roles", hasItems("ingest", "meter_admin"))
                .body("expires_at", equalTo(created.path("expires_at")));
        api.get(PATH).then().body("data.last_used_at", contains(notNullValue()));
    }

    @Test
    void the_last_use_is_written_once_a_minute() {
        Response created = api.post(PATH, """
                {"name": "laptop", "roles": ["ingest"]}""");
        exchange(created.path("token"));
        String first = api.get(PATH).path("data[0].last_used_at");
        exchange(created.path("token"));
        assertThat(api.get(PATH).<String>path("data[0].last_used_at")).isEqualTo(first);

        Database.update(
                "update catalog.access_token set last_used_at = last_used_at - interval '61 s' where namespace = ?",
                namespace);
        exchange(created.path("token"));
        assertThat(Instant.parse(api.get(PATH).path("data[0].last_used_at"))).isAfterOrEqualTo(Instant.parse(first));
    }

    @Test
    void a_revoked_token_is_unknown_at_once_and_revoking_again_changes_nothing() {
        Response created = api.post(PATH, """
                {"name": "laptop", "roles": ["ingest"]}""");
        api.delete(PATH + "/" + created.path("id")).then().statusCode(204);
        String revokedAt = api.get(PATH).path("data[0].revoked_at");
        api.delete(PATH + "/" + created.path("id")).then().statusCode(204);

        assertThat(api.get(PATH).<String>path("data[0].revoked_at")).isEqualTo(revokedAt);
        exchange(created.path("token")).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void an_expired_token_is_unknown() {
        Response created = api.post(PATH, """
                {"name": "laptop", "roles": ["ingest"]}""");
        Database.update(
                "update catalog.access_token set expires_at = now() - interval '1 s' where namespace = ?", namespace);
        exchange(created.path("token")).then().statusCode(404);
    }

    @Test
    void what_is_no_token_is_unknown() {
        exchange("kpat_0000000000000000000000000000000000000000").then().statusCode(404);
        exchange("").then().statusCode(404);
        exchange("x".repeat(300)).then().statusCode(404);
        gateway.post("/internal/access-tokens/exchange", "{}").then().statusCode(404);
        gateway.post("/internal/access-tokens/exchange", "null").then().statusCode(404);
        gateway.post("/internal/access-tokens/exchange", "{").then().statusCode(400);
    }

    @Test
    void only_the_gateway_may_exchange() {
        api.post("/internal/access-tokens/exchange", """
                {"token": "x"}""").then().statusCode(403);
    }

    @Test
    void another_tenants_token_cannot_be_revoked_nor_seen() {
        String id = api.create(PATH, """
                {"name": "laptop", "roles": ["ingest"]}""");
        Api stranger = Api.of(Namespaces.fresh());
        stranger.delete(PATH + "/" + id).then().statusCode(404);
        stranger.get(PATH).then().body("data", hasSize(0));
        api.get(PATH).then().body("data.revoked_at", contains(nullValue()));
        api.delete(PATH + "/no-id").then().statusCode(404);
        api.delete(PATH + "/01ARZ3NDEKTSV4RRFFQ69G5FAV").then().statusCode(404);
    }

    @Test
    void there_is_a_limit_on_living_tokens() {
        Database.update("""
                insert into catalog.access_token (namespace, id, name, kind, roles, hash, hint, created_at)
                select ?, 'x' || n, 'x', 'PERSONAL', '["ingest"]', ? || n, 'hint', now()
                from generate_series(1, ?) n
                """, namespace, namespace, CreateAccessToken.LIVING_TOKENS_MAX);
        String body = """
                {"name": "one too many", "roles": ["ingest"]}""";
        api.post(PATH, body).then().statusCode(409);
        api.delete(PATH + "/x1").then().statusCode(204);
        api.post(PATH, body).then().statusCode(201);
    }

    @Test
    void the_first_admin_token_is_there_when_the_service_is() {
        exchange(BootstrapToken.SECRET)
                .then()
                .statusCode(200)
                .body("namespace", equalTo("default"))
                .body("name", equalTo("bootstrap"))
                .body("roles", contains("admin"));
        assertThat(Database.column("select namespace from catalog.tenant")).contains("default");
    }

    @Test
    void a_first_secret_that_could_be_guessed_is_refused() {
        assertThatThrownBy(() -> bootstrap.provision(new Secret("kpat_secret")))
                .hasMessageContaining("20 to 256 characters")
                .hasMessageNotContaining("secret");
    }

    @Test
    void replicas_that_bootstrap_at_once_make_one_token_that_stays_revoked() throws Exception {
        Secret secret = new Secret("spat_" + UUID.randomUUID());
        Callable<Boolean> provision = () -> {
            try {
                return VertxContextSupport.subscribeAndAwait(() -> bootstrap.provision(secret));
            } catch (Throwable failure) {
                throw new AssertionError(failure);
            }
        };
        try (var replicas = Executors.newFixedThreadPool(4)) {
            long made = 0;
            for (var replica : replicas.invokeAll(List.of(provision, provision, provision, provision))) {
                made += replica.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(1);
        }
        Response identity = exchange(secret.text());
        identity.then()
                .statusCode(200)
                .body("namespace", equalTo("default"))
                .body("name", equalTo("bootstrap"))
                .body("roles", hasItem("admin"))
                .body("expires_at", nullValue());

        Api.of("default").delete(PATH + "/" + identity.path("token_id")).then().statusCode(204);
        assertThat(provision.call()).isFalse();
        exchange(secret.text()).then().statusCode(404);
    }

    private Response exchange(String token) {
        return gateway.post("/internal/access-tokens/exchange", """
                {"token": "%s"}""".formatted(token));
    }
}
