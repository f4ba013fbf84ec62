package io.usance.local;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.local.PublicApi.Operation;
import io.usance.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, and that tenants do not see each other: on every route that the description of the public API has. */
class IsolationIT {
    private static final String BASE = "/v3/openmeter";
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Set<String> ROLES = Set.of(
            "admin",
            "ingest",
            "entitlement_access",
            "meter_admin",
            "metering_viewer",
            "product_catalog_admin",
            "product_catalog_viewer",
            "billing_admin",
            "billing_viewer");

    private static final Set<String> CHANGES_METERS = Set.of("admin", "meter_admin");
    private static final Set<String> READS_METERS = Set.of("admin", "meter_admin", "metering_viewer");
    private static final Set<String> CHANGES_CATALOG = Set.of("admin", "product_catalog_admin");
    private static final Set<String> READS_CATALOG = Set.of("admin", "product_catalog_admin", "product_catalog_viewer");
    private static final Set<String> CHANGES_BILLING = Set.of("admin", "billing_admin");
    private static final Set<String> READS_BILLING = Set.of("admin", "billing_admin", "billing_viewer");
    private static final Set<String> ADMIN = Set.of("admin");

    /** Written down by hand: what the services declare is what is to be checked. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            entry("create-meter", CHANGES_METERS),
            entry("list-meters", READS_METERS),
            entry("get-meter", READS_METERS),
            entry("update-meter", CHANGES_METERS),
            entry("delete-meter", CHANGES_METERS),
            entry("query-meter", READS_METERS),
            entry("list-meter-templates", READS_METERS),
            entry("create-meter-template", CHANGES_METERS),
            entry("delete-meter-template", CHANGES_METERS),
            entry("ingest-metering-events", Set.of("admin", "meter_admin", "ingest")),
            entry("list-metering-events", READS_METERS),
            entry("stream-metering-events", READS_METERS),
            entry("get-events-overview", READS_METERS),
            entry("list-metering-subjects", READS_METERS),
            entry("check-meter", READS_METERS),
            entry("create-feature", CHANGES_CATALOG),
            entry("list-features", READS_CATALOG),
            entry("get-feature", READS_CATALOG),
            entry("update-feature", CHANGES_CATALOG),
            entry("delete-feature", CHANGES_CATALOG),
            entry("query-feature-cost", READS_METERS),
            entry("list-llm-cost-prices", READS_CATALOG),
            entry("get-llm-cost-price", READS_CATALOG),
            entry("create-llm-cost-override", CHANGES_CATALOG),
            entry("list-llm-cost-overrides", READS_CATALOG),
            entry("delete-llm-cost-override", CHANGES_CATALOG),
            entry("create-plan", CHANGES_CATALOG),
            entry("list-plans", READS_CATALOG),
            entry("get-plan", READS_CATALOG),
            entry("update-plan", CHANGES_CATALOG),
            entry("delete-plan", CHANGES_CATALOG),
            entry("publish-plan", CHANGES_CATALOG),
            entry("archive-plan", CHANGES_CATALOG),
            entry("create-addon", CHANGES_CATALOG),
            entry("list-addons", READS_CATALOG),
            entry("get-addon", READS_CATALOG),
            entry("update-addon", CHANGES_CATALOG),
            entry("delete-addon", CHANGES_CATALOG),
            entry("publish-addon", CHANGES_CATALOG),
            entry("archive-addon", CHANGES_CATALOG),
            entry("create-plan-addon", CHANGES_CATALOG),
            entry("list-plan-addons", READS_CATALOG),
            entry("get-plan-addon", READS_CATALOG),
            entry("update-plan-addon", CHANGES_CATALOG),
            entry("delete-plan-addon", CHANGES_CATALOG),
            entry("preview-rate-card", READS_CATALOG),
            // With the roles of everything in it, which nobody else has alone.
            entry("export-catalog", ADMIN),
            entry("diff-catalog", ADMIN),
            entry("apply-catalog", ADMIN),
            entry("create-tax-code", CHANGES_CATALOG),
            entry("list-tax-codes", READS_CATALOG),
            entry("get-tax-code", READS_CATALOG),
            entry("upsert-tax-code", CHANGES_CATALOG),
            entry("delete-tax-code", CHANGES_CATALOG),
            entry("get-organization-default-tax-codes", READS_CATALOG),
            entry("update-organization-default-tax-codes", CHANGES_CATALOG),
            entry("list-currencies", READS_CATALOG),
            entry("create-custom-currency", CHANGES_CATALOG),
            entry("get-custom-currency", READS_CATALOG),
            entry("list-cost-bases", READS_CATALOG),
            entry("create-cost-basis", CHANGES_CATALOG),
            entry("create-customer", CHANGES_BILLING),
            entry("list-customers", READS_BILLING),
            entry("get-customer", READS_BILLING),
            entry("upsert-customer", CHANGES_BILLING),
            entry("delete-customer", CHANGES_BILLING),
            entry("create-subscription", CHANGES_BILLING),
            entry("list-subscriptions", READS_BILLING),
            entry("get-subscription", READS_BILLING),
            entry("cancel-subscription", CHANGES_BILLING),
            entry("unschedule-cancelation", CHANGES_BILLING),
            entry("preview-customer-invoices", READS_BILLING),
            entry("create-access-token", ADMIN),
            entry("list-access-tokens", ADMIN),
            entry("revoke-access-token", ADMIN));

    /** Lists in which every tenant finds something from the start. */
    private static final Set<String> NEVER_EMPTY =
            Set.of("list-access-tokens", "list-tax-codes", "list-currencies", "list-llm-cost-prices");

    private static Stack stack;
    private static Tenant acme;
    private static Api owner;
    private static Shop shop;
    private static Tenant globex;
    private static Api stranger;
    private static Shop ofStranger;

    @BeforeAll
    static void open() {
        stack = Stack.shared();
        acme = Tenant.fresh(stack);
        owner = acme.api("admin");
        shop = Shop.open(owner, BASE);
        globex = Tenant.fresh(stack);
        stranger = globex.api(ROLES.toArray(String[]::new));
        ofStranger = Shop.open(stranger, BASE);
    }

    static List<Operation> operations() {
        return PublicApi.OPERATIONS;
    }

    static Stream<Operation> operationsOnSomething() {
        return PublicApi.OPERATIONS.stream()
                .filter(operation -> !operation.pathParameters().isEmpty());
    }

    // ----------------------------------------------------------------------------------------------------- who is it?

    @ParameterizedTest
    @MethodSource("operations")
    void whoever_shows_no_valid_token_is_nobody(Operation operation) throws GeneralSecurityException {
        String living = acme.token(Duration.ofHours(1), "admin");
        List<String> worthless = List.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer nonsense",
                "Bearer kpat_" + "a".repeat(40),
                "Bearer " + living + "a",
                "Bearer " + living.toUpperCase(Locale.ROOT),
                "Bearer " + "a".repeat(1_000),
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + living).getBytes(StandardCharsets.UTF_8)),
                living,
                "Bearer " + acme.token(Duration.ofMinutes(-1), "admin"),
                "Bearer " + selfSigned());
        for (String prefix : List.of("", "/api")) {
            for (String authorization : worthless) {
                Exchange exchange = send(owner.with(authorization), operation, prefix + shop.path(operation));
                exchange.expectProblem(401);
                assertThat(exchange.headers().firstValue("WWW-Authenticate"))
                        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
                assertThat(exchange.body()).doesNotContain(living);
            }
        }
    }

    @Test
    void a_revoked_token_stops_working_within_seconds() {
        Exchange created = owner.post(
                        BASE + "/access-tokens", "{\"name\": \"short\", \"roles\": [\"metering_viewer\"]}")
                .expect(201);
        Api holder = owner.with("Bearer " + created.text("/token"));
        holder.get(BASE + "/meters").expect(200);

        owner.delete(BASE + "/access-tokens/" + created.text("/id")).expect(204);

        Eventually.holds(SOON, () -> holder.get(BASE + "/meters").expectProblem(401));
    }

    // ------------------------------------------------------------------------------------------------- what may it do?

    @Test
    void the_table_of_roles_has_every_operation() {
        assertThat(PublicApi.OPERATIONS)
                .extracting(Operation::id)
                .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void only_the_roles_of_the_table_may_do_it(Operation operation) {
        for (String role : ROLES) {
            Api api = acme.api(role);
            if (ALLOWED.get(operation.id()).contains(role)) {
                // A stream that is refused ends.
                String nowhere =
                        operation.path(parameter -> Tenant.ulid()) + (operation.isStream() ? "?filter%5Bid%5D=1" : "");
                Exchange harmless = operation.takesBody()
                        ? api.send(operation.method(), nowhere, Api.JSON, "{}")
                        : api.send(operation.method(), nowhere, "", "");
                assertThat(harmless.status()).as("%s: %s", role, harmless).isNotIn(401, 403, 500);
            } else {
                send(api, operation, shop.path(operation)).expectProblem(403);
                api.send(operation.method(), operation.path(parameter -> Tenant.ulid()), "", "")
                        .expectProblem(403);
            }
        }
    }

    @Test
    void roles_add_up() {
        Api both = acme.api("ingest", "product_catalog_viewer");

        both.get(BASE + "/features").expect(200);
        both.post(BASE + "/events", "{}").expectProblem(400);
        both.get(BASE + "/events").expectProblem(403);
    }

    @Test
    void a_token_cannot_be_given_the_roles_of_the_machinery() {
        owner.post(BASE + "/access-tokens", "{\"name\": \"door\", \"roles\": [\"gateway\"]}")
                .expectProblem(400);
    }

    // --------------------------------------------------------------------------------------------------- whose is it?

    @ParameterizedTest
    @MethodSource("operationsOnSomething")
    void what_belongs_to_another_tenant_is_not_found_and_stays_as_it_is(Operation operation) {
        List<String> before = everythingOf(owner);

        for (String prefix : List.of("", "/api")) {
            Exchange exchange = stranger.send(
                            operation.method(),
                            prefix + shop.path(operation),
                            type(operation),
                            ofStranger.body(operation))
                    .expectProblem(404);
            assertThat(exchange.body()).doesNotContain(acme.namespace(), globex.namespace());
        }

        assertThat(everythingOf(owner)).isEqualTo(before);
    }

    @Test
    void lists_show_only_what_is_ones_own() {
        Api newcomer = Tenant.fresh(stack).api("admin");
        owner.post(BASE + "/events", Shop.event("mine-" + UUID.randomUUID())).expect(202);
        Eventually.holds(
                SOON,
                () -> assertThat(owner.get(BASE + "/events").json().path("data"))
                        .isNotEmpty());

        for (Operation operation : PublicApi.OPERATIONS) {
            if (operation.isList() && operation.pathParameters().isEmpty() && !NEVER_EMPTY.contains(operation.id())) {
                assertThat(owner.get(operation.path()).json().path("data"))
                        .as(operation.id())
                        .isNotEmpty();
                assertThat(newcomer.get(operation.path()).json().path("data"))
                        .as(operation.id())
                        .isEmpty();
            }
        }
        assertThat(newcomer.get(BASE + "/access-tokens").json().path("data")).hasSize(1);
        Map.of("/tax-codes", "taxCodeId", "/currencies", "currencyId").forEach((list, id) -> {
            String all = BASE + list + "?page%5Bsize%5D=1000";
            assertThat(owner.get(all).expect(200).body()).contains(shop.id(id));
            assertThat(newcomer.get(all).expect(200).body()).doesNotContain(shop.id(id));
        });
    }

    @Test
    void lists_cannot_be_filtered_into_another_tenant() {
        for (String query : List.of(
                "/events?filter%5Bcustomer_id%5D=" + shop.id("customerId"),
                "/features?filter%5Bmeter_id%5D=" + shop.id("meterId"),
                "/subscriptions?filter%5Bcustomer_id%5D=" + shop.id("customerId"),
                "/subscriptions?filter%5Bplan_id%5D=" + shop.id("planId"),
                "/subscriptions?filter%5Bid%5D=" + shop.id("subscriptionId"))) {
            assertThat(stranger.get(BASE + query).expect(200).json().path("data"))
                    .as(query)
                    .isEmpty();
        }
    }

    @Test
    void nothing_can_be_built_on_what_belongs_to_another_tenant() {
        String meter = shop.id("meterId");
        String feature = shop.id("featureId");
        refused("/features", """
                {"name": "Theirs", "key": "theirs", "meter": {"id": "%s"}}""".formatted(meter));
        refused("/subscriptions", """
                {"customer": {"id": "%s"}, "plan": {"id": "%s"}}""".formatted(ofStranger.id("customerId"), shop.id("planId")));
        refused("/subscriptions", """
                {"customer": {"id": "%s"}, "plan": {"id": "%s"}}""".formatted(shop.id("customerId"), ofStranger.id("planId")));
        assertThat(publish("""
                        {"name": "Theirs", "key": "theirs", "currency": "USD", "billing_cadence": "P1M", "phases": [
                          {"name": "Default", "key": "default", "rate_cards": [
                            {"name": "Runs", "key": "runs", "feature": {"id": "%s"}, "billing_cadence": "P1M",
                             "price": {"type": "unit", "amount": "1"}}]}]}""".formatted(feature))).isIn(400, 404);
        assertThat(publish("""
                        {"name": "Theirs", "key": "theirs_taxed", "currency": "USD", "billing_cadence": "P1M", "phases": [
                          {"name": "Default", "key": "default", "rate_cards": [
                            {"name": "Fee", "key": "fee", "billing_cadence": "P1M",
                             "price": {"type": "flat", "amount": "1"}, "tax_config": {"code": {"id": "%s"}}}]}]}""".formatted(shop.id("taxCodeId")))).isIn(400, 404);
    }

    @Test
    void a_key_leads_to_what_is_ones_own() {
        Api newcomer = Tenant.fresh(stack).api("admin");
        String customer = newcomer.post(BASE + "/customers", "{\"name\": \"New\", \"key\": \"new\"}")
                .expect(201)
                .text("/id");

        newcomer.post(BASE + "/subscriptions", """
                        {"customer": {"id": "%s"}, "plan": {"key": "%s"}}""".formatted(customer, Shop.PLAN_KEY))
                .expectProblem(404);
        newcomer.post(BASE + "/subscriptions", """
                        {"customer": {"key": "%s"}, "plan": {"key": "%s"}}""".formatted(Shop.CUSTOMER_KEY, Shop.PLAN_KEY))
                .expectProblem(404);
        assertThat(newcomer.post(BASE + "/features", """
                                {"name": "Theirs", "key": "theirs", "meter": {"key": "%s"}}""".formatted(Shop.METER_KEY))
                        .status())
                .isIn(400, 404);
    }

    @Test
    void the_same_event_of_two_tenants_is_two_events_and_each_is_billed_to_its_own_customer() {
        Tenant first = Tenant.fresh(stack);
        Tenant second = Tenant.fresh(stack);
        Api one = first.api("admin");
        Api other = second.api("admin");
        Shop shopOfOne = Shop.open(one, BASE);
        Shop shopOfOther = Shop.open(other, BASE);
        one.post(BASE + "/events", Shop.event("same")).expect(202);
        one.post(BASE + "/events", Shop.event("another")).expect(202);
        Eventually.holds(SOON, () -> assertThat(quantity(one, shopOfOne)).isEqualTo("2"));
        assertThat(used(other, shopOfOther)).isEmpty();

        other.post(BASE + "/events", Shop.event("same")).expect(202);

        Eventually.holds(SOON, () -> assertThat(quantity(other, shopOfOther)).isEqualTo("1"));
        assertThat(used(other, shopOfOther)).singleElement().isEqualTo("1");
        assertThat(quantity(one, shopOfOne)).isEqualTo("2");
        assertThat(other.get(BASE + "/events").json().path("data")).hasSize(1);
    }

    // ------------------------------------------------------------------------------------------------ is it an id?

    @ParameterizedTest
    @MethodSource("operationsOnSomething")
    void a_malformed_id_is_not_found(Operation operation) {
        String id = shop.id(operation.pathParameters().getFirst());
        for (String malformed : List.of(
                "nothing",
                "0",
                id.substring(1),
                id + "0",
                id.toLowerCase(Locale.ROOT).replaceFirst("^0", "o"),
                "8" + id.substring(1),
                id.substring(0, 25) + "U",
                "%20" + id,
                id + "%00",
                id + "%2F",
                "%27%20or%20%271%27=%271",
                "a".repeat(300))) {
            send(owner, operation, operation.path(parameter -> malformed)).expectProblem(404);
        }
    }

    // --------------------------------------------------------------------------------------------- is there a way in?

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/",
                "/api/internal/",
                "/v3/internal/",
                "/v3/openmeter/internal/",
                "//internal/",
                "/api//internal/",
                "/./internal/",
                "/api/../internal/",
                "/docs/../internal/",
                "/%69nternal/",
                "/%2569nternal/",
                "/INTERNAL/",
                "/internal;x=1/",
                "/;/internal/",
                "/v3/openmeter/../../internal/",
                "/api/v3/openmeter/../../../internal/",
                "/v3/openmeter/meters/../../../internal/",
                "/v3/openmeter/meters//../..//../internal/",
                "/v3/openmeter/meters/%2e%2e/%2e%2e/%2e%2e/internal/",
                "/v3/openmeter/meters/%2E%2E%2F%2E%2E%2F%2E%2E%2Finternal/",
                "/v3/openmeter/meters/%252e%252e/%252e%252e/%252e%252e/internal/",
                "/v3/openmeter/meters/..;/..;/..;/internal/",
                "/v3/openmeter/meters/..%5c..%5c..%5cinternal/",
                "http://127.0.0.1/internal/",
                "http://127.0.0.1/v3/openmeter/meters/../../../internal/"
            })
    void what_services_say_to_each_other_is_out_of_reach(String way) throws IOException {
        String token = acme.token(Duration.ofHours(1), "admin");
        for (String inside : List.of(
                "meters/" + shop.id("meterId"),
                "plans/resolve?id=" + shop.id("planId"),
                "customers/" + shop.id("customerId"),
                "customers/" + shop.id("customerId") + "/subscriptions",
                "usage",
                "access-tokens/exchange")) {
            for (String method : List.of("GET", "POST")) {
                assertThat(RawHttp.exchange(stack.baseUri(), method, way + inside, token))
                        .as("%s %s%s", method, way, inside)
                        .matches("(?s)HTTP/1\\.1 (400|404) .*");
            }
        }
    }

    /** Their ports are open to this machine in a local stack, and to neighbours in a cluster. */
    @Test
    void the_services_themselves_trust_nobody_but_the_gateway() throws GeneralSecurityException {
        for (Map.Entry<String, String> target : Map.of(
                        "catalog", "/v3/openmeter/meters",
                        "subscription", "/v3/openmeter/customers",
                        "ingestion", "/v3/openmeter/events",
                        "invoicing", "/v3/openmeter/customers/" + shop.id("customerId") + "/billing/invoice-preview")
                .entrySet()) {
            URI service = stack.serviceUri(target.getKey());
            Api past = Api.of(service, acme.token(Duration.ofHours(1), "admin"));
            past.get(target.getValue()).expectProblem(401);
            past.with("").get(target.getValue()).expectProblem(401);
            past.with("Bearer " + selfSigned()).get(target.getValue()).expectProblem(401);
            past.with("Bearer " + unsigned()).get(target.getValue()).expectProblem(401);
            past.with("").get("/q/metrics").expect(404);
        }
    }

    // ----------------------------------------------------------------------------------------------------------------

    private static Exchange send(Api api, Operation operation, String path) {
        return api.send(operation.method(), path, type(operation), shop.body(operation));
    }

    private static String type(Operation operation) {
        return operation.takesBody()
                ? operation.json().at("/requestBody/content").fieldNames().next()
                : "";
    }

    private static void refused(String path, String body) {
        assertThat(stranger.post(BASE + path, body))
                .satisfies(exchange -> assertThat(exchange.status()).isIn(400, 404));
    }

    /** Status of the creation, or of the publication if it could be created. */
    private static int publish(String plan) {
        Exchange created = stranger.post(BASE + "/plans", plan);
        return created.status() == 201
                ? stranger.post(BASE + "/plans/" + created.text("/id") + "/publish")
                        .status()
                : created.status();
    }

    private static List<String> everythingOf(Api api) {
        List<String> everything = new ArrayList<>();
        for (String list : List.of("meters", "features", "plans", "tax-codes", "customers", "subscriptions")) {
            everything.add(
                    api.get(BASE + "/" + list).expect(200).json().path("data").toString());
        }
        for (JsonNode token : api.get(BASE + "/access-tokens?page%5Bsize%5D=1000")
                .expect(200)
                .json()
                .path("data")) {
            assertThat(token.has("revoked_at") && token.path("name").asText().equals("collector"))
                    .isFalse();
        }
        return everything;
    }

    private static String quantity(Api api, Shop shop) {
        return api.get(BASE + "/customers/" + shop.id("customerId") + "/billing/invoice-preview")
                .expect(200)
                .json()
                .at("/data/0/lines/0/usage_quantity_detail/raw_quantity")
                .asText();
    }

    private static List<String> used(Api api, Shop shop) {
        return api.post(BASE + "/meters/" + shop.id("meterId") + "/query", "{}")
                .expect(200)
                .json()
                .path("data")
                .findValuesAsText("value");
    }

    /** A token as the gateway makes them, but signed by somebody else. */
    private static String selfSigned() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(generator.generateKeyPair().getPrivate());
        String signed = encoded("{\"alg\":\"ES256\",\"typ\":\"JWT\"}") + "." + encoded(claims());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String unsigned() {
        return encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + encoded(claims()) + ".";
    }

    private static String claims() {
        long now = Instant.now().getEpochSecond();
        return """
                {"iss":"usance-gateway","aud":"usance","sub":"%s","upn":"test","ns":"%s","groups":["admin"],"iat":%d,"exp":%d}""".formatted(Tenant.ulid(), acme.namespace(), now, now + 60);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
