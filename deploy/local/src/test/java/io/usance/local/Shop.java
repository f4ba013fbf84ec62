package io.usance.local;

import io.usance.local.PublicApi.Operation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What a tenant needs to send its first invoice: one of everything that an operation can name. */
final class Shop {
    static final String EVENT_TYPE = "agent_run";
    static final String CUSTOMER_KEY = "acme";
    static final String PLAN_KEY = "premium";
    static final String METER_KEY = "runs";

    private static final String METER = """
            {"name": "Runs", "key": "runs", "event_type": "agent_run", "aggregation": "count",
             "dimensions": {"agent_name": "$.agent_name"}}""";
    private static final String FEATURE = """
            {"name": "Runs", "key": "runs", "meter": {"id": "<meterId>"}}""";
    private static final String TAX_CODE = """
            {"name": "Software", "key": "software", "app_mappings": []}""";
    private static final String CURRENCY = """
            {"code": "RUN_CREDITS", "name": "Credits", "precision": 2, "decimal_mark": ".", "thousand_separator": ","}""";
    private static final String TEMPLATE = """
            {"id": "<templateId>", "name": "Runs", "meter": {"name": "Runs", "key": "runs", "event_type": "agent_run",
             "aggregation": "count"}}""";
    private static final String ADDON = """
            {"name": "Support", "key": "support", "currency": "USD", "instance_type": "multiple", "rate_cards": [
              {"name": "Support", "key": "support", "billing_cadence": "P1M", "payment_term": "in_advance",
               "price": {"type": "flat", "amount": "50"}}]}""";
    private static final String PLAN_ADDON = """
            {"name": "Support", "addon": {"id": "<addonId>"}, "from_plan_phase": "default", "max_quantity": 3}""";
    private static final String PRICE = """
            {"provider": "ours", "model_id": "small", "model_name": "Small", "currency": "USD",
             "pricing": {"input_per_token": "0.000001", "output_per_token": "0.000002"},
             "effective_from": "2026-01-01T00:00:00Z"}""";
    private static final String PLAN = """
            {"name": "Premium", "key": "premium", "currency": "USD", "billing_cadence": "P1M", "phases": [
              {"name": "Default", "key": "default", "rate_cards": [
                {"name": "Runs", "key": "runs", "feature": {"id": "<featureId>"}, "billing_cadence": "P1M",
                 "price": {"type": "unit", "amount": "1"}}]}]}""";
    private static final String CUSTOMER = """
            {"name": "Acme", "key": "acme", "usage_attribution": {"subject_keys": ["acme-eu"]}}""";
    private static final String SUBSCRIPTION = """
            {"customer": {"id": "<customerId>"}, "plan": {"key": "premium"}}""";
    private static final String TOKEN = """
            {"name": "collector", "roles": ["ingest"]}""";

    /** For every operation that takes one a body with as much in it as there can be, next to what {@link #open} made. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("create-meter", """
                    {"name": "Tokens", "key": "tokens", "description": "Of prompts", "labels": {"team": "ai"},
                     "event_type": "prompt", "aggregation": "sum", "value_property": "$.tokens",
                     "events_from": "2026-01-01T00:00:00Z", "dimensions": {"model": "$.model"}}"""),
            Map.entry("update-meter", """
                    {"name": "All runs", "description": "Of agents", "labels": {"team": "ai"},
                     "dimensions": {"agent_name": "$.agent_name", "region": "$.region"}}"""),
            Map.entry("check-meter", """
                    {"meter": {"event_type": "prompt", "aggregation": "sum", "value_property": "$.tokens",
                     "dimensions": {"model": "$.model"}}, "data": {"tokens": 5, "model": "small"}, "events_max": 3}"""),
            Map.entry("query-meter", """
                    {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z", "granularity": "P1D",
                     "time_zone": "Europe/Berlin", "group_by_dimensions": ["agent_name", "subject"],
                     "filters": {"dimensions": {"agent_name": {"neq": "nobody", "or": [{"eq": "a"}, {"in": ["b"]}]}}}}"""),
            Map.entry("ingest-metering-events", """
                    {"specversion": "1.0", "id": "1", "source": "test", "type": "agent_run", "subject": "acme",
                     "time": "2026-01-05T10:00:00Z", "datacontenttype": "application/json",
                     "dataschema": "https://example.com/run.json", "data": {"agent_name": "summarizer"}}"""),
            Map.entry("create-feature", """
                    {"name": "Summaries", "key": "summaries", "description": "Runs of one agent",
                     "labels": {"team": "ai"}, "unit_cost": {"type": "manual", "amount": "0.25"},
                     "meter": {"id": "<meterId>", "filters": {"agent_name": {"eq": "summarizer"}}}}"""),
            Map.entry("update-feature", """
                    {"unit_cost": {"type": "manual", "amount": "0.5"}}"""),
            Map.entry("create-plan", """
                    {"name": "Basic", "key": "basic", "description": "To begin with", "labels": {"team": "ai"},
                     "currency": "USD", "billing_cadence": "P1M", "pro_rating_enabled": true, "phases": [
                       {"name": "Trial", "key": "trial", "duration": "P1M", "rate_cards": [
                         {"name": "Runs", "key": "runs", "feature": {"id": "<featureId>"}, "billing_cadence": "P1M",
                          "price": {"type": "free"}, "entitlement": {"type": "boolean"}}]},
                       {"name": "Default", "key": "default", "description": "After the trial", "rate_cards": [
                         {"name": "Base fee", "key": "base_fee", "billing_cadence": "P1M",
                          "payment_term": "in_advance", "price": {"type": "flat", "amount": "10"}},
                         {"name": "Runs", "key": "runs", "description": "Each", "labels": {"team": "ai"},
                          "feature": {"id": "<featureId>"}, "billing_cadence": "P1M",
                          "price": {"type": "unit", "amount": "0.75"}, "discounts": {"percentage": 10, "usage": "5"},
                          "commitments": {"minimum_amount": "1", "maximum_amount": "100"},
                          "entitlement": {"type": "metered", "limit": 100, "is_soft_limit": true}}]}]}"""),
            Map.entry("update-plan", """
                    {"name": "Premium", "description": "Cheaper", "labels": {"team": "ai"}, "pro_rating_enabled": false,
                     "phases": [{"name": "Default", "key": "default", "rate_cards": [
                       {"name": "Runs", "key": "runs", "feature": {"id": "<featureId>"}, "billing_cadence": "P1M",
                        "price": {"type": "unit", "amount": "0.9"}}]}]}"""),
            Map.entry("create-meter-template", """
                    {"id": "gpu_seconds", "name": "GPU seconds", "description": "Of jobs", "meter":
                     {"name": "GPU seconds", "key": "gpu_seconds", "event_type": "gpu.job", "aggregation": "sum",
                      "value_property": "$.seconds", "dimensions": {"gpu": "$.gpu"}}}"""),
            Map.entry("query-feature-cost", """
                    {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z", "granularity": "P1D",
                     "group_by_dimensions": ["agent_name"]}"""),
            Map.entry("create-addon", """
                    {"name": "More", "key": "more", "description": "Of it", "labels": {"team": "ai"}, "currency": "USD",
                     "instance_type": "single", "rate_cards": [
                       {"name": "Runs", "key": "runs", "feature": {"id": "<featureId>"}, "billing_cadence": "P1M",
                        "price": {"type": "unit", "amount": "0.5"}}]}"""),
            Map.entry("update-addon", """
                    {"name": "Support", "description": "Day and night", "labels": {"team": "ai"},
                     "instance_type": "multiple", "rate_cards": [
                       {"name": "Support", "key": "support", "billing_cadence": "P1M", "payment_term": "in_advance",
                        "price": {"type": "flat", "amount": "60"}}]}"""),
            Map.entry("create-plan-addon", """
                    {"name": "Support", "description": "Day and night", "labels": {"team": "ai"},
                     "addon": {"id": "<addonId>"}, "from_plan_phase": "default", "max_quantity": 3}"""),
            Map.entry("update-plan-addon", """
                    {"name": "Support", "description": "Day and night", "labels": {"team": "ai"},
                     "from_plan_phase": "default", "max_quantity": 5}"""),
            Map.entry("create-llm-cost-override", """
                    {"provider": "ours", "model_id": "large", "model_name": "Large", "currency": "USD",
                     "pricing": {"input_per_token": "0.000003", "output_per_token": "0.000004",
                       "cache_read_per_token": "0.000001", "cache_write_per_token": "0.000002",
                       "reasoning_per_token": "0.000004"},
                     "effective_from": "2026-01-01T00:00:00Z", "effective_to": "2027-01-01T00:00:00Z"}"""),
            Map.entry("preview-rate-card", """
                    {"currency": "USD", "quantity": "1500", "previous_quantity": "500", "previously_billed": "5",
                     "is_first": false, "is_last": true, "rate_card":
                       {"name": "Runs", "key": "runs", "billing_cadence": "P1M",
                        "price": {"type": "unit", "amount": "0.01"}}}"""),
            Map.entry("diff-catalog", """
                    {"version": 1, "tax_codes": [], "meters": [
                       {"name": "Tokens", "key": "all_tokens", "event_type": "prompt", "aggregation": "count"}],
                     "features": [], "addons": [], "plans": []}"""),
            Map.entry("apply-catalog", """
                    {"version": 1, "tax_codes": [], "meters": [
                       {"name": "Tokens", "key": "all_tokens", "event_type": "prompt", "aggregation": "count"}],
                     "features": [], "addons": [], "plans": []}"""),
            Map.entry("create-tax-code", """
                    {"name": "Software as a Service", "key": "saas", "description": "In the cloud", "labels": {"team": "ai"},
                     "app_mappings": [{"app_type": "stripe", "tax_code": "txcd_10103001"}]}"""),
            Map.entry("upsert-tax-code", """
                    {"name": "All software", "description": "In the cloud", "labels": {"team": "ai"},
                     "app_mappings": [{"app_type": "stripe", "tax_code": "txcd_10103001"}]}"""),
            Map.entry("update-organization-default-tax-codes", """
                    {"invoicing_tax_code": {"id": "<taxCodeId>"}, "credit_grant_tax_code": {"id": "<taxCodeId>"}}"""),
            Map.entry("create-custom-currency", """
                    {"code": "TOKENS", "name": "Tokens", "symbol": "T", "precision": 0, "decimal_mark": ",",
                     "thousand_separator": "."}"""),
            Map.entry("create-cost-basis", """
                    {"fiat_code": "EUR", "rate": "0.25", "effective_from": "2199-01-01T00:00:00Z",
                     "effective_to": "2199-02-01T00:00:00Z"}"""),
            Map.entry("create-customer", """
                    {"name": "Umbrella", "key": "umbrella", "description": "Of the city", "labels": {"tier": "gold"},
                     "usage_attribution": {"subject_keys": ["umbrella-eu", "umbrella-us"]},
                     "primary_email": "billing@umbrella.example", "currency": "USD",
                     "billing_address": {"country": "US", "city": "Raccoon City", "line1": "1 Main Street"}}"""),
            Map.entry("upsert-customer", """
                    {"name": "Acme Incorporated", "description": "Of the desert", "labels": {"tier": "gold"},
                     "usage_attribution": {"subject_keys": ["acme-eu", "acme-us"]},
                     "primary_email": "billing@acme.example", "currency": "USD",
                     "billing_address": {"country": "US", "city": "Springfield", "line1": "1 Main Street"}}"""),
            Map.entry("create-subscription", """
                    {"labels": {"tier": "gold"}, "settlement_mode": "credit_then_invoice", "cost_basis_mode": "dynamic",
                     "billing_anchor": "2026-01-15T00:00:00Z",
                     "customer": {"id": "<customerId>"}, "plan": {"key": "premium", "version": 1}}"""),
            Map.entry("cancel-subscription", """
                    {"timing": "next_billing_cycle"}"""),
            Map.entry("create-access-token", """
                    {"name": "viewer", "kind": "system_account", "roles": ["metering_viewer", "billing_viewer"],
                     "expires_at": "2199-01-01T00:00:00Z"}"""));

    private final Map<String, String> ids;
    private final String draft;

    private Shop(Map<String, String> ids, String draft) {
        this.ids = ids;
        this.draft = draft;
    }

    /**
     * Sets one up over the API.
     *
     * @param base what the paths begin with
     */
    static Shop open(Api api, String base) {
        Map<String, String> ids = new HashMap<>();
        make(api, base, ids, "meters", METER, "meterId");
        make(api, base, ids, "features", FEATURE, "featureId");
        // Chosen by the tenant: another tenant's must not be the same.
        ids.put("templateId", "0runs_" + UUID.randomUUID().toString().replace("-", ""));
        make(api, base, ids, "meter-templates", TEMPLATE, "templateId");
        make(api, base, ids, "llm-cost/overrides", PRICE, "priceId");
        make(api, base, ids, "addons", ADDON, "addonId");
        api.post(base + "/addons/" + ids.get("addonId") + "/publish").expect(200);
        make(api, base, ids, "tax-codes", TAX_CODE, "taxCodeId");
        make(api, base, ids, "currencies/custom", CURRENCY, "currencyId");
        make(api, base, ids, "plans", PLAN, "planId");
        api.post(base + "/plans/" + ids.get("planId") + "/publish").expect(200);
        make(api, base, ids, "customers", CUSTOMER, "customerId");
        make(api, base, ids, "subscriptions", SUBSCRIPTION, "subscriptionId");
        make(api, base, ids, "access-tokens", TOKEN, "accessTokenId");
        String draft = api.post(base + "/plans", filled(PLAN, ids)).expect(201).text("/id");
        make(api, base, ids, "plans/" + draft + "/addons", PLAN_ADDON, "planAddonId");
        return new Shop(ids, draft);
    }

    private static void make(
            Api api, String base, Map<String, String> ids, String collection, String body, String parameter) {
        ids.put(
                parameter,
                api.post(base + "/" + collection, filled(body, ids)).expect(201).text("/id"));
    }

    String id(String parameter) {
        String id = ids.get(parameter);
        if (id == null) {
            throw new AssertionError("a shop has no " + parameter);
        }
        return id;
    }

    /** Version 2 of the plan, not published. */
    String draft() {
        return draft;
    }

    /** A path on which the operation finds something in the state that it wants. */
    String path(Operation operation) {
        boolean wantsDraft =
                switch (operation.id()) {
                    case "update-plan", "publish-plan", "delete-plan" -> true;
                    default -> operation.id().contains("plan-addon");
                };
        return operation.path(parameter -> wantsDraft && parameter.equals("planId") ? draft : id(parameter));
    }

    /** A body that the operation takes; empty if it takes none. */
    String body(Operation operation) {
        if (!operation.takesBody()) {
            return "";
        }
        String body = BODIES.get(operation.id());
        if (body == null) {
            throw new AssertionError("write down a body that " + operation + " takes");
        }
        return filled(body, ids);
    }

    /** An event of the customer's, a moment ago. */
    static String event(String id) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "test", "type": "agent_run", "subject": "acme",
                 "time": "%s", "data": {"agent_name": "summarizer"}}""".formatted(id, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String filled(String template, Map<String, String> ids) {
        String text = template;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            text = text.replace("<" + id.getKey() + ">", id.getValue());
        }
        return text;
    }
}
