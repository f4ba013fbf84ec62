package io.usance.catalog.addon;

import static io.usance.catalog.Fixtures.ADDONS;
import static io.usance.catalog.Fixtures.PLANS;
import static io.usance.catalog.Fixtures.addon;
import static io.usance.catalog.Fixtures.fee;
import static io.usance.catalog.Fixtures.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.usance.catalog.Api;
import io.usance.catalog.AtOnce;
import io.usance.testkit.Database;
import io.usance.testkit.Namespaces;
import io.usance.testkit.PlatformResource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class PlanAddonTest {
    private static final String UNKNOWN = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String UPDATE = """
            {"name": "Other", "from_plan_phase": "default"}""";

    private final String namespace = Namespaces.fresh();
    private final Api api = Api.of(namespace);

    // ------------------------------------------------------------------ attaching

    @Test
    void an_active_add_on_is_attached_to_a_draft() {
        String plan = draft("p");
        String addon = published(addon("a", fee("extra")));
        Response created = api.post(addonsOf(plan), """
                {"name": "Extra", "description": "more", "labels": {"a": "b"}, "addon": {"id": "%s"},
                 "from_plan_phase": "default"}""".formatted(addon));
        created.then()
                .statusCode(201)
                .body("name", equalTo("Extra"))
                .body("description", equalTo("more"))
                .body("labels.a", equalTo("b"))
                .body("addon.id", equalTo(addon))
                .body("from_plan_phase", equalTo("default"))
                .body("max_quantity", nullValue())
                .body("validation_errors", nullValue())
                .body("deleted_at", nullValue());
        String path = addonsOf(plan) + "/" + created.path("id");
        assertThat(api.get(path).asString()).isEqualTo(created.asString());
        api.get(PLANS + "/" + plan).then().body("validation_errors", nullValue());
    }

    @Test
    void a_maximum_is_for_what_can_be_bought_several_times() {
        String plan = draft("p");
        String several = published(addon("several", fee("extra")).replace("single", "multiple"));
        api.post(addonsOf(plan), attachment(several).replace("\"default\"", "\"default\", \"max_quantity\": 3"))
                .then()
                .statusCode(201)
                .body("max_quantity", equalTo(3));
        String once = published(addon("once", fee("extra")));
        api.post(addonsOf(plan), attachment(once).replace("\"default\"", "\"default\", \"max_quantity\": 3"))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("plan_addon_max_quantity_must_not_be_set"))
                .body("extensions.validationErrors.field", contains("max_quantity"));
        for (String quantity : List.of("0", "1.5", "\"3\"", "3000000000")) {
            api.post(
                            addonsOf(plan),
                            attachment(once).replace("\"default\"", "\"default\", \"max_quantity\": " + quantity))
                    .then()
                    .statusCode(400)
                    .body("invalid_parameters.field", contains("max_quantity"));
        }
    }

    @Test
    void only_an_active_add_on_is_attached() {
        String plan = draft("p");
        String draft = api.create(ADDONS, addon("draft", fee("extra")));
        String archived = published(addon("archived", fee("extra")));
        api.post(ADDONS + "/" + archived + "/archive").then().statusCode(200);
        String deleted = published(addon("deleted", fee("extra")));
        api.post(ADDONS + "/" + deleted + "/archive").then().statusCode(200);
        api.delete(ADDONS + "/" + deleted).then().statusCode(204);
        for (String addon : List.of(draft, archived, deleted)) {
            api.post(addonsOf(plan), attachment(addon))
                    .then()
                    .statusCode(400)
                    .body("extensions.validationErrors.code", contains("plan_addon_incompatible_status"))
                    .body("extensions.validationErrors.field", contains("addon"));
        }
    }

    @Test
    void an_add_on_that_does_not_exist_is_not_attached() {
        String plan = draft("p");
        Api stranger = Api.of(Namespaces.fresh());
        String foreign = stranger.create(ADDONS, addon("a", fee("extra")));
        stranger.post(ADDONS + "/" + foreign + "/publish").then().statusCode(200);
        for (String addon : List.of(UNKNOWN, foreign)) {
            api.post(addonsOf(plan), attachment(addon))
                    .then()
                    .statusCode(400)
                    .body("invalid_parameters[0].field", equalTo("addon.id"))
                    .body("invalid_parameters[0].rule", equalTo("missing_reference"));
        }
    }

    @Test
    void everything_that_does_not_fit_is_in_one_problem() {
        String plan = draft("p");
        String addon = published(addon("a", fee("week").replace("P1M", "P1W")).replace("USD", "EUR"));
        Response refused =
                api.post(addonsOf(plan), attachment(addon).replace("\"default\"", "\"trial\", \"max_quantity\": 2"));
        refused.then()
                .statusCode(400)
                .body("type", equalTo("about:blank"))
                .body(
                        "extensions.validationErrors.code",
                        containsInAnyOrder(
                                "plan_addon_currency_mismatch",
                                "plan_addon_max_quantity_must_not_be_set",
                                "plan_billing_cadence_not_compatible",
                                "plan_addon_unknown_plan_phase_key"))
                .body(
                        "extensions.validationErrors.field",
                        containsInAnyOrder(
                                "addon", "max_quantity", "addon.rate_cards[0].billing_cadence", "from_plan_phase"));
    }

    @Test
    void rate_cards_with_one_key_must_add_up() {
        String plan = draft("p");
        String addon =
                published(addon("a", fee("care").replace("\"price\"", "\"payment_term\": \"in_advance\", \"price\"")));
        api.post(addonsOf(plan), attachment(addon))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("rate_card_price_payment_term_mismatch"))
                .body("extensions.validationErrors.field", contains("addon.rate_cards[0].payment_term"))
                .body("extensions.validationErrors.phase_key", contains("default"));
        String fitting = published(addon("b", fee("care")));
        api.post(addonsOf(plan), attachment(fitting)).then().statusCode(201);
    }

    @Test
    void an_add_on_is_attached_once() {
        String plan = draft("p");
        String addon = published(addon("a", fee("extra")));
        String first = api.create(addonsOf(plan), attachment(addon));
        api.post(addonsOf(plan), attachment(addon))
                .then()
                .statusCode(409)
                .body("type", equalTo("https://kongapi.info/konnect/resource-conflict"))
                .body("detail", containsString(addon));
        api.delete(addonsOf(plan) + "/" + first).then().statusCode(204);
        api.post(addonsOf(plan), attachment(addon)).then().statusCode(201);
        api.post(addonsOf(draft("q")), attachment(addon)).then().statusCode(201);
    }

    @Test
    void an_add_on_that_is_attached_at_once_is_there_once() {
        String plan = draft("p");
        String addon = published(addon("a", fee("extra")));
        Callable<Integer> attach =
                () -> api.post(addonsOf(plan), attachment(addon)).statusCode();
        assertThat(AtOnce.statuses(attach, attach, attach, attach))
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
        api.get(addonsOf(plan)).then().body("data", hasSize(1));
    }

    @Test
    void there_is_a_limit_on_add_ons_of_a_plan() {
        String plan = draft("p");
        String addon = published(addon("a", fee("extra")));
        IntStream.range(0, AttachAddon.ADDONS_MAX).forEach(i -> Database.update("""
                        insert into catalog.plan_addon (namespace, id, plan_id, addon_id, name, from_plan_phase, created_at, updated_at)
                        values (?, 'id' || ?, ?, 'addon' || ?, 'n', 'default', now(), now())""", namespace, i, plan, i));
        api.post(addonsOf(plan), attachment(addon))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("plan_has_too_many_addons"))
                .body("extensions.validationErrors.maximum", contains(AttachAddon.ADDONS_MAX));
    }

    // ------------------------------------------------------------------ changing

    @Test
    void what_is_attached_to_a_draft_is_replaced_as_a_whole() {
        String plan = draft("p");
        String addon = published(addon("a", fee("extra")).replace("single", "multiple"));
        String path = addonsOf(plan) + "/"
                + api.create(
                        addonsOf(plan),
                        attachment(addon)
                                .replace("\"name\"", "\"description\": \"d\", \"labels\": {\"a\": \"b\"}, \"name\"")
                                .replace("\"default\"", "\"default\", \"max_quantity\": 3"));
        api.put(path, UPDATE)
                .then()
                .statusCode(200)
                .body("name", equalTo("Other"))
                .body("description", nullValue())
                .body("labels", nullValue())
                .body("max_quantity", nullValue())
                .body("addon.id", equalTo(addon));
        api.get(path).then().body("name", equalTo("Other"));
        api.put(path, UPDATE.replace("default", "trial"))
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("plan_addon_unknown_plan_phase_key"))
                .body("extensions.validationErrors.choices", contains(List.of("default")));
        api.get(path).then().body("from_plan_phase", equalTo("default"));
        api.put(path, UPDATE.replace("{", "{\"labels\": {\"kong_x\": \"y\"}, "))
                .then()
                .statusCode(400)
                .body("invalid_parameters.field", contains("labels.kong_x"));
        api.put(path, attachment(addon)).then().statusCode(400).body("invalid_parameters.field", contains("addon"));
    }

    @Test
    void what_was_detached_shows_that_it_was() {
        String plan = draft("p");
        String path =
                addonsOf(plan) + "/" + api.create(addonsOf(plan), attachment(published(addon("a", fee("extra")))));
        api.delete(path).then().statusCode(204);
        api.delete(path).then().statusCode(204);
        api.get(path).then().statusCode(200).body("deleted_at", notNullValue());
        api.get(addonsOf(plan)).then().body("data", empty());
        api.put(path, UPDATE).then().statusCode(404);
        api.post(PLANS + "/" + plan + "/publish").then().statusCode(200);
        api.delete(path).then().statusCode(204);
    }

    @Test
    void a_published_plan_keeps_its_add_ons() {
        String plan = draft("p");
        String addon = published(addon("a", fee("extra")));
        String path = addonsOf(plan) + "/" + api.create(addonsOf(plan), attachment(addon));
        api.post(PLANS + "/" + plan + "/publish").then().statusCode(200);

        String other = published(addon("b", fee("extra")));
        Stream.of(api.post(addonsOf(plan), attachment(other)), api.put(path, UPDATE), api.delete(path))
                .forEach(response -> response.then()
                        .statusCode(400)
                        .body("extensions.validationErrors.code", contains("plan_addon_incompatible_status"))
                        .body("detail", containsString("plan p version 1 is active")));
        api.get(addonsOf(plan)).then().body("data.addon.id", contains(addon));

        api.post(ADDONS + "/" + addon + "/archive").then().statusCode(200);
        api.get(path).then().body("validation_errors", nullValue());
        api.get(PLANS + "/" + plan).then().body("status", equalTo("active")).body("validation_errors", nullValue());
    }

    @Test
    void a_deleted_plan_takes_no_add_ons() {
        String plan = draft("p");
        api.delete(PLANS + "/" + plan).then().statusCode(204);
        api.post(addonsOf(plan), attachment(published(addon("a", fee("extra")))))
                .then()
                .statusCode(400)
                .body("detail", containsString("is deleted"));
    }

    @Test
    void the_next_version_of_a_plan_begins_without_add_ons() {
        String plan = draft("p");
        api.create(addonsOf(plan), attachment(published(addon("a", fee("extra")))));
        api.post(PLANS + "/" + plan + "/publish").then().statusCode(200);
        api.get(addonsOf(draft("p"))).then().statusCode(200).body("data", empty());
    }

    // ------------------------------------------------------------------ publishing the plan

    @Test
    void a_plan_is_not_published_with_an_add_on_that_was_archived() {
        String plan = draft("p");
        String addon = published(addon("a", fee("extra")));
        String attached = api.create(addonsOf(plan), attachment(addon));
        String next = published(addon("a", fee("extra")));

        api.get(addonsOf(plan) + "/" + attached)
                .then()
                .body("validation_errors.code", contains("plan_addon_incompatible_status"))
                .body("validation_errors.field", contains("addon"));
        api.get(addonsOf(plan))
                .then()
                .body("data[0].validation_errors.code", contains("plan_addon_incompatible_status"));
        api.get(PLANS + "/" + plan)
                .then()
                .body("validation_errors.code", contains("plan_has_incompatible_addon"))
                .body("validation_errors.field", contains("addons"))
                .body("validation_errors[0].attributes.plan_addon_id", equalTo(attached))
                .body("validation_errors[0].attributes.addon_id", equalTo(addon))
                .body("validation_errors[0].attributes.codes", contains("plan_addon_incompatible_status"));
        api.get(PLANS).then().body("data[0].validation_errors.code", contains("plan_has_incompatible_addon"));
        api.put(addonsOf(plan) + "/" + attached, UPDATE)
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("plan_addon_incompatible_status"));
        api.post(PLANS + "/" + plan + "/publish")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("plan_has_incompatible_addon"))
                .body("detail", containsString("add-on a version 1"));

        api.delete(addonsOf(plan) + "/" + attached).then().statusCode(204);
        api.post(addonsOf(plan), attachment(next)).then().statusCode(201);
        api.post(PLANS + "/" + plan + "/publish").then().statusCode(200).body("status", equalTo("active"));
    }

    @Test
    void a_plan_that_changes_under_its_add_on_is_not_published() {
        String plan = draft("p");
        String attached = api.create(addonsOf(plan), attachment(published(addon("a", fee("care")))));
        api.put(PLANS + "/" + plan, """
                        {"name": "P", "phases": [{"name": "d", "key": "default", "rate_cards": [%s]}]}""".formatted(fee("care").replace("P1M", "P1Y")))
                .then()
                .statusCode(200)
                .body("validation_errors.code", contains("plan_has_incompatible_addon"));
        api.get(addonsOf(plan) + "/" + attached)
                .then()
                .body("validation_errors.code", contains("rate_card_billing_cadence_mismatch"));
        api.put(PLANS + "/" + plan, """
                        {"name": "P", "phases": [{"name": "s", "key": "start", "rate_cards": [%s]}]}""".formatted(fee("care"))).then().statusCode(200);
        api.get(addonsOf(plan) + "/" + attached)
                .then()
                .body("validation_errors.code", contains("plan_addon_unknown_plan_phase_key"));
        api.post(PLANS + "/" + plan + "/publish")
                .then()
                .statusCode(400)
                .body("extensions.validationErrors.code", contains("plan_has_incompatible_addon"));
        api.put(addonsOf(plan) + "/" + attached, UPDATE.replace("default", "start"))
                .then()
                .statusCode(200);
        api.post(PLANS + "/" + plan + "/publish").then().statusCode(200);
    }

    @Test
    void publishing_a_plan_and_attaching_at_once_leaves_no_add_on_unchecked() {
        String plan = draft("p");
        String addon = published(addon("a", fee("extra")));
        List<Integer> statuses = AtOnce.statuses(
                () -> api.post(PLANS + "/" + plan + "/publish").statusCode(),
                () -> api.post(addonsOf(plan), attachment(addon)).statusCode());
        assertThat(statuses).isIn(List.of(200, 201), List.of(200, 400));
        int attached = statuses.get(1) == 201 ? 1 : 0;
        api.get(addonsOf(plan)).then().body("data", hasSize(attached));
    }

    @Test
    void publishing_a_plan_and_the_next_version_of_its_add_on_at_once_both_end() {
        String plan = draft("p");
        api.create(addonsOf(plan), attachment(published(addon("a", fee("extra")))));
        String next = api.create(ADDONS, addon("a", fee("extra")));
        List<Integer> statuses = AtOnce.statuses(
                () -> api.post(PLANS + "/" + plan + "/publish").statusCode(),
                () -> api.post(ADDONS + "/" + next + "/publish").statusCode());
        assertThat(statuses).isIn(List.of(200, 200), List.of(400, 200));
    }

    // ------------------------------------------------------------------ reading

    @Test
    void the_list_is_paged_in_the_order_of_attaching() {
        String plan = draft("p");
        List<String> attached = Stream.of("c", "a", "b")
                .map(key -> api.create(addonsOf(plan), attachment(published(addon(key, fee("extra_" + key))))))
                .toList();
        api.create(addonsOf(draft("q")), attachment(published(addon("d", fee("extra")))));
        api.get(addonsOf(plan))
                .then()
                .statusCode(200)
                .body("data.id", equalTo(attached))
                .body("meta.page.total", equalTo(3));
        api.get(addonsOf(plan), "page[size]", 2, "page[number]", 2)
                .then()
                .body("data.id", contains(attached.get(2)))
                .body("meta.page.size", equalTo(2));
        api.get(addonsOf(plan), "filter[name]", "n").then().statusCode(400);
        api.get(addonsOf(plan), "page[size]", 0).then().statusCode(400);
    }

    @Test
    void what_belongs_to_another_tenant_or_plan_does_not_exist() {
        String plan = draft("p");
        String attached = api.create(addonsOf(plan), attachment(published(addon("a", fee("extra")))));
        String other = draft("q");
        Api stranger = Api.of(Namespaces.fresh());
        String theirs = stranger.create(PLANS, plan("p", fee("care")));
        Stream.of(
                        stranger.get(addonsOf(plan)),
                        stranger.post(addonsOf(plan), attachment(UNKNOWN)),
                        stranger.get(addonsOf(plan) + "/" + attached),
                        stranger.get(addonsOf(theirs) + "/" + attached),
                        stranger.put(addonsOf(theirs) + "/" + attached, UPDATE),
                        stranger.delete(addonsOf(theirs) + "/" + attached),
                        api.get(addonsOf(other) + "/" + attached),
                        api.put(addonsOf(other) + "/" + attached, UPDATE),
                        api.delete(addonsOf(other) + "/" + attached),
                        api.get(addonsOf(UNKNOWN)),
                        api.post(addonsOf(UNKNOWN), attachment(UNKNOWN)),
                        api.get(addonsOf(plan) + "/no-id"))
                .forEach(response -> response.then().statusCode(404));
        api.get(addonsOf(plan)).then().body("data.id", contains(attached));
    }

    @Test
    void every_fault_in_form_is_in_one_problem_with_its_path() {
        api.post(addonsOf(draft("p")), """
                        {"name": "", "addon": {"id": "x", "key": "y"}, "from_plan_phase": "No Key", "max_quantity": 0,
                         "status": "active"}""")
                .then()
                .statusCode(400)
                .body(
                        "invalid_parameters.field",
                        containsInAnyOrder(
                                "name", "addon.id", "addon.key", "from_plan_phase", "max_quantity", "status"));
    }

    // ------------------------------------------------------------------

    private static String addonsOf(String plan) {
        return PLANS + "/" + plan + "/addons";
    }

    private static String attachment(String addon) {
        return """
                {"name": "Extra", "addon": {"id": "%s"}, "from_plan_phase": "default"}""".formatted(addon);
    }

    /** A draft of a monthly plan with a fee {@code care} in its phase {@code default}; its id. */
    private String draft(String key) {
        return api.create(PLANS, plan(key, fee("care")));
    }

    /** The id of what {@code addon} makes, published. */
    private String published(String addon) {
        String id = api.create(ADDONS, addon);
        api.post(ADDONS + "/" + id + "/publish")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200);
        return id;
    }
}
