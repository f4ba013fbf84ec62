package io.usance.catalog.tax;

import static io.usance.catalog.Fixtures.DEFAULT_TAX_CODES;
import static io.usance.catalog.Fixtures.TAX_CODES;
import static io.usance.catalog.Fixtures.taxCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.catalog.Api;
import io.usance.catalog.AtOnce;
import io.usance.runtime.ids.Ids;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class TaxCodeTest {
    private static final String UNKNOWN = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String PROVIDER_DEFAULT = "provider_default";
    private static final String NONTAXABLE = "txcd_00000000";

    /** Those that every tenant has. */
    private static final int OF_ALL = 14;

    private final Api api = Api.of(Namespaces.fresh());

    // ------------------------------------------------------------------ what is there from the start

    @Test
    void every_tenant_has_the_common_codes_from_the_start() {
        Response list = api.get(TAX_CODES);
        list.then()
                .statusCode(200)
                .body("meta.page.total", equalTo(OF_ALL))
                .body("data.key", hasItems(PROVIDER_DEFAULT, NONTAXABLE, "txcd_10000000", "txcd_10103001"))
                .body("data.created_at", everyItem(notNullValue()))
                .body("data.deleted_at", everyItem(nullValue()))
                .body("data.find { it.key == 'provider_default' }.name", equalTo("Provider default"))
                .body("data.find { it.key == 'provider_default' }.app_mappings", empty())
                .body("data.find { it.key == 'txcd_00000000' }.name", equalTo("Nontaxable"))
                .body("data.find { it.key == 'txcd_00000000' }.app_mappings.app_type", contains("stripe"))
                .body("data.find { it.key == 'txcd_00000000' }.app_mappings.tax_code", contains(NONTAXABLE));
        List<String> ids = list.path("data.id");
        assertThat(ids).doesNotHaveDuplicates().allMatch(Ids::isUlid);
        assertThat(Api.of(Namespaces.fresh()).get(TAX_CODES).asString()).isEqualTo(list.asString());
        assertThat(api.get(TAX_CODES + "/" + ids.getFirst()).<String>path("key"))
                .isEqualTo(list.path("data[0].key"));
    }

    @Test
    void what_every_tenant_has_stays_as_it_is() {
        for (String key : List.of(PROVIDER_DEFAULT, "txcd_10000000")) {
            String path = TAX_CODES + "/" + idOf(key);
            Stream.of(api.delete(path), api.put(path, replacement("Mine")))
                    .forEach(response -> response.then()
                            .statusCode(409)
                            .body("type", equalTo("https://kongapi.info/konnect/resource-conflict"))
                            .body("detail", containsString("create one of your own")));
            api.post(TAX_CODES, taxCode(key)).then().statusCode(409).body("detail", containsString(key));
        }
        Api.of(Namespaces.fresh()).get(TAX_CODES).then().body("meta.page.total", equalTo(OF_ALL));
    }

    // ------------------------------------------------------------------ create

    @Test
    void a_tax_code_comes_back_as_it_was_sent() {
        Response created = api.post(TAX_CODES, """
                {"name": "Software as a Service", "key": "saas", "description": "d", "labels": {"a": "b"},
                 "app_mappings": [{"app_type": "stripe", "tax_code": "txcd_10000000"},
                     {"app_type": "sandbox", "tax_code": "S"}, {"app_type": "external_invoicing", "tax_code": "VAT 19 %"}]}
                """);
        created.then()
                .statusCode(201)
                .body("id", notNullValue())
                .body("key", equalTo("saas"))
                .body("name", equalTo("Software as a Service"))
                .body("description", equalTo("d"))
                .body("labels.a", equalTo("b"))
                .body("app_mappings.app_type", contains("stripe", "sandbox", "external_invoicing"))
                .body("app_mappings.tax_code", contains("txcd_10000000", "S", "VAT 19 %"))
                .body("created_at", notNullValue())
                .body("updated_at", equalTo(created.path("created_at")))
                .body("deleted_at", nullValue());
        assertThat(api.get(TAX_CODES + "/" + created.path("id")).asString()).isEqualTo(created.asString());
    }

    @Test
    void a_tax_code_needs_no_codes_of_apps() {
        api.post(TAX_CODES, withMappings("")).then().statusCode(201).body("app_mappings", empty());
    }

    @Test
    void every_fault_in_form_is_in_one_problem() {
        api.post(TAX_CODES, """
                        {"name": "", "key": "Saas-1", "color": "red", "app_mappings": [{"app_type": "paypal"}]}""")
                .then()
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        containsInAnyOrder(
                                "name", "key", "color", "app_mappings[0].app_type", "app_mappings[0].tax_code"));
        api.post(TAX_CODES, """
                        {"name": "n", "key": "k", "labels": {"_x": "y"}, "app_mappings": [
                            {"app_type": "stripe", "tax_code": "txcd_1"}, {"app_type": "stripe", "tax_code": "txcd_10000000"},
                            {"app_type": "sandbox", "tax_code": ""}]}""")
                .then()
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        contains(
                                "labels._x",
                                "app_mappings[0].tax_code",
                                "app_mappings[1].app_type",
                                "app_mappings[2].tax_code"))
                .body("invalid_parameters.rule", contains("is_label", "matches_regex", "invalid", "matches_regex"))
                .body("invalid_parameters[1].reason", containsString("txcd_10103001"));
        api.post(TAX_CODES, "{}")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", containsInAnyOrder("name", "key", "app_mappings"));
        api.get(TAX_CODES).then().body("meta.page.total", equalTo(OF_ALL));
    }

    @Test
    void there_is_no_more_than_one_code_for_each_app() {
        String mapping = """
                {"app_type": "sandbox", "tax_code": "a"}""";
        api.post(TAX_CODES, withMappings(String.join(", ", mapping, mapping, mapping, mapping)))
                .then()
                .statusCode(400)
                .body("invalid_parameters.rule", contains("max_items"))
                .body("invalid_parameters[0].maximum", equalTo(3));
    }

    @Test
    void a_key_belongs_to_one_living_tax_code() {
        assertThat(AtOnce.statuses(4, () -> api.post(TAX_CODES, taxCode("saas")).statusCode()))
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
        api.post(TAX_CODES, taxCode("saas")).then().statusCode(409).body("detail", containsString("saas"));
        api.delete(TAX_CODES + "/" + idOf("saas")).then().statusCode(204);
        api.post(TAX_CODES, taxCode("saas")).then().statusCode(201);
        Api.of(Namespaces.fresh()).post(TAX_CODES, taxCode("saas")).then().statusCode(201);
    }

    // ------------------------------------------------------------------ replace

    @Test
    void a_tax_code_is_replaced_as_a_whole_but_for_its_key() {
        Response created = api.post(TAX_CODES, taxCode("saas").replace("\"name\"", """
                "description": "d", "labels": {"a": "b"}, "name\""""));
        String path = TAX_CODES + "/" + created.path("id");
        api.put(path, replacement("Cloud"))
                .then()
                .statusCode(200)
                .body("name", equalTo("Cloud"))
                .body("description", nullValue())
                .body("labels", nullValue())
                .body("app_mappings", empty())
                .body("key", equalTo("saas"))
                .body("created_at", equalTo(created.path("created_at")))
                .body("updated_at", not(equalTo(created.path("updated_at"))));
        api.get(path).then().body("name", equalTo("Cloud"));
        api.put(path, taxCode("other")).then().statusCode(400).body("invalid_parameters.field", contains("key"));
        api.put(path, """
                        {"name": "n", "app_mappings": [{"app_type": "stripe", "tax_code": "abc"}]}""")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("app_mappings[0].tax_code"));
    }

    @Test
    void a_tax_code_that_is_not_there_is_not_made_by_replacing_it() {
        api.put(TAX_CODES + "/" + UNKNOWN, replacement("n")).then().statusCode(404);
        api.put(TAX_CODES + "/saas", replacement("n")).then().statusCode(404);
    }

    // ------------------------------------------------------------------ delete

    @Test
    void a_deleted_tax_code_is_shown_only_to_who_asks() {
        String id = api.create(TAX_CODES, taxCode("saas"));
        api.delete(TAX_CODES + "/" + id).then().statusCode(204);
        String since =
                api.get(TAX_CODES + "/" + id).then().statusCode(200).extract().path("deleted_at");
        assertThat(since).isNotNull();
        api.delete(TAX_CODES + "/" + id).then().statusCode(204);
        assertThat(api.get(TAX_CODES + "/" + id).<String>path("deleted_at")).isEqualTo(since);
        api.put(TAX_CODES + "/" + id, replacement("n"))
                .then()
                .statusCode(410)
                .body("type", equalTo("https://kongapi.info/konnect/gone"));

        api.get(TAX_CODES).then().body("data.id", not(hasItem(id))).body("meta.page.total", equalTo(OF_ALL));
        api.get(TAX_CODES, "include_deleted", false).then().body("meta.page.total", equalTo(OF_ALL));
        api.get(TAX_CODES, "include_deleted", true)
                .then()
                .body("meta.page.total", equalTo(OF_ALL + 1))
                .body("data.id", hasItem(id));
        api.get(TAX_CODES, "include_deleted", "maybe")
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("include_deleted"))
                .body("invalid_parameters.rule", contains("is_boolean"));
        api.delete(TAX_CODES + "/" + UNKNOWN).then().statusCode(404);
    }

    // ------------------------------------------------------------------ defaults

    @Test
    void who_never_chose_has_the_defaults_of_all() {
        api.get(DEFAULT_TAX_CODES)
                .then()
                .statusCode(200)
                .body("invoicing_tax_code.id", equalTo(idOf(PROVIDER_DEFAULT)))
                .body("credit_grant_tax_code.id", equalTo(idOf(NONTAXABLE)))
                .body("created_at", notNullValue())
                .body("updated_at", notNullValue());
    }

    @Test
    void each_default_can_be_chosen_by_itself() {
        String id = api.create(TAX_CODES, taxCode("saas"));
        String nontaxable = idOf(NONTAXABLE);
        Response before = api.get(DEFAULT_TAX_CODES);
        Response chosen = api.put(DEFAULT_TAX_CODES, chosen("invoicing_tax_code", id));
        chosen.then()
                .statusCode(200)
                .body("invoicing_tax_code.id", equalTo(id))
                .body("credit_grant_tax_code.id", equalTo(nontaxable))
                .body("created_at", equalTo(before.path("created_at")))
                .body("updated_at", not(equalTo(before.path("updated_at"))));
        assertThat(api.get(DEFAULT_TAX_CODES).asString()).isEqualTo(chosen.asString());
        api.put(DEFAULT_TAX_CODES, chosen("credit_grant_tax_code", id))
                .then()
                .statusCode(200)
                .body("invoicing_tax_code.id", equalTo(id))
                .body("credit_grant_tax_code.id", equalTo(id));
        api.put(DEFAULT_TAX_CODES, "{}").then().statusCode(200).body("invoicing_tax_code.id", equalTo(id));
        Api.of(Namespaces.fresh()).get(DEFAULT_TAX_CODES).then().body("credit_grant_tax_code.id", equalTo(nontaxable));
    }

    @Test
    void a_default_is_a_living_tax_code_of_the_tenant() {
        String foreign = Api.of(Namespaces.fresh()).create(TAX_CODES, taxCode("saas"));
        String deleted = api.create(TAX_CODES, taxCode("saas"));
        api.delete(TAX_CODES + "/" + deleted).then().statusCode(204);
        for (String id : List.of(foreign, deleted, UNKNOWN)) {
            api.put(DEFAULT_TAX_CODES, """
                            {"invoicing_tax_code": {"id": "%1$s"}, "credit_grant_tax_code": {"id": "%1$s"}}""".formatted(id))
                    .then()
                    .statusCode(400)
                    .body("invalid_parameters.field", contains("invoicing_tax_code.id", "credit_grant_tax_code.id"))
                    .body("invalid_parameters.rule", contains("missing_reference", "missing_reference"));
        }
        api.put(DEFAULT_TAX_CODES, chosen("default_tax_code", UNKNOWN)).then().statusCode(400);
        api.get(DEFAULT_TAX_CODES).then().body("invoicing_tax_code.id", equalTo(idOf(PROVIDER_DEFAULT)));
    }

    @Test
    void a_default_cannot_be_deleted() {
        String id = api.create(TAX_CODES, taxCode("saas"));
        api.put(DEFAULT_TAX_CODES, chosen("invoicing_tax_code", id)).then().statusCode(200);
        api.put(DEFAULT_TAX_CODES, chosen("credit_grant_tax_code", id)).then().statusCode(200);
        api.delete(TAX_CODES + "/" + id)
                .then()
                .statusCode(409)
                .body("detail", containsString("the invoicing default, the credit grant default"));
        api.put(DEFAULT_TAX_CODES, chosen("invoicing_tax_code", idOf("txcd_10103001")))
                .then()
                .statusCode(200);
        api.delete(TAX_CODES + "/" + id).then().statusCode(409).body("detail", containsString("the credit grant"));
        api.put(DEFAULT_TAX_CODES, chosen("credit_grant_tax_code", idOf(NONTAXABLE)))
                .then()
                .statusCode(200);
        api.delete(TAX_CODES + "/" + id).then().statusCode(204);
    }

    @Test
    void first_choices_at_once_are_all_kept() {
        String one = api.create(TAX_CODES, taxCode("one"));
        String two = api.create(TAX_CODES, taxCode("two"));
        assertThat(AtOnce.statuses(
                        () -> api.put(DEFAULT_TAX_CODES, chosen("invoicing_tax_code", one))
                                .statusCode(),
                        () -> api.put(DEFAULT_TAX_CODES, chosen("credit_grant_tax_code", two))
                                .statusCode()))
                .containsExactly(200, 200);
        api.get(DEFAULT_TAX_CODES)
                .then()
                .body("invoicing_tax_code.id", equalTo(one))
                .body("credit_grant_tax_code.id", equalTo(two));
    }

    @Test
    void choosing_a_default_and_deleting_it_at_once_never_leaves_both() {
        String id = api.create(TAX_CODES, taxCode("saas"));
        List<Integer> statuses = AtOnce.statuses(
                () -> api.put(DEFAULT_TAX_CODES, chosen("invoicing_tax_code", id))
                        .statusCode(),
                () -> api.delete(TAX_CODES + "/" + id).statusCode());
        assertThat(statuses).isIn(List.of(200, 409), List.of(400, 204));
    }

    // ------------------------------------------------------------------ reading

    @Test
    void the_list_is_paged_with_what_every_tenant_has_first() {
        List<String> own = List.of(api.create(TAX_CODES, taxCode("b")), api.create(TAX_CODES, taxCode("a")));
        List<String> walked = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            Response list = api.get(TAX_CODES, "page[size]", 6, "page[number]", page);
            list.then().statusCode(200).body("meta.page.total", equalTo(OF_ALL + 2));
            walked.addAll(list.path("data.id"));
        }
        assertThat(walked).hasSize(OF_ALL + 2).doesNotHaveDuplicates().endsWith(own.toArray(String[]::new));
        api.get(TAX_CODES, "page[number]", 2).then().body("data", hasSize(0));
        api.get(TAX_CODES, "page[size]", 0).then().statusCode(400);
        api.get(TAX_CODES, "filter[key]", "a").then().statusCode(400);
    }

    @Test
    void another_tenant_sees_nothing() {
        String id = api.create(TAX_CODES, taxCode("saas"));
        Api stranger = Api.of(Namespaces.fresh());
        Stream.of(
                        stranger.get(TAX_CODES + "/" + id),
                        stranger.put(TAX_CODES + "/" + id, replacement("n")),
                        stranger.delete(TAX_CODES + "/" + id),
                        api.get(TAX_CODES + "/saas"))
                .forEach(response -> response.then().statusCode(404));
        stranger.get(TAX_CODES, "include_deleted", true).then().body("data.id", not(hasItem(id)));
        api.get(TAX_CODES + "/" + id).then().body("name", equalTo("Software as a Service"));
    }

    // ------------------------------------------------------------------

    private String idOf(String key) {
        return api.get(TAX_CODES).path("data.find { it.key == '%s' }.id".formatted(key));
    }

    private static String chosen(String which, String id) {
        return """
                {"%s": {"id": "%s"}}""".formatted(which, id);
    }

    private static String replacement(String name) {
        return """
                {"name": "%s", "app_mappings": []}""".formatted(name);
    }

    private static String withMappings(String mappings) {
        return """
                {"name": "n", "key": "k", "app_mappings": [%s]}""".formatted(mappings);
    }
}
