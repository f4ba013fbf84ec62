package io.usance.catalog;

/** Bodies that are accepted as they are; a test changes what it is about. */
public final class Fixtures {
    public static final String METERS = "/meters";
    public static final String FEATURES = "/features";
    public static final String PLANS = "/plans";
    public static final String TAX_CODES = "/tax-codes";
    public static final String DEFAULT_TAX_CODES = "/defaults/tax-codes";
    public static final String CURRENCIES = "/currencies";
    public static final String CUSTOM_CURRENCIES = CURRENCIES + "/custom";
    public static final String ADDONS = "/addons";

    /** A meter that counts agent runs by the agent's name. */
    public static String agentRunsMeter() {
        return """
                {"name": "Count Agent Runs", "key": "agent_runs_total", "event_type": "agent_run", "aggregation": "count",
                 "dimensions": {"agent_name": "$.agent_name"}}""";
    }

    /** A meter that adds up tokens by model and type. */
    public static String tokensMeter() {
        return """
                {"name": "Tokens", "key": "tokens_total", "event_type": "prompt", "aggregation": "sum",
                 "value_property": "$.tokens", "dimensions": {"model": "$.model", "type": "$.type"}}""";
    }

    /** A feature with a meter. */
    public static String feature(String key, String meterId) {
        return """
                {"name": "Agent Runs", "key": "%s", "meter": {"id": "%s"}}""".formatted(key, meterId);
    }

    /** A feature without usage. */
    public static String feature(String key) {
        return """
                {"name": "Support", "key": "%s"}""".formatted(key);
    }

    /** Creates the meter, and a feature {@code agent_runs} that counts with it; the feature's id. */
    public static String agentRunsFeature(Api api) {
        return api.create(FEATURES, feature("agent_runs", api.create(METERS, agentRunsMeter())));
    }

    /** A dollar for each run, monthly. */
    public static String agentRunsRateCard(String featureId) {
        return """
                {"name": "Agent Runs", "key": "agent_runs", "feature": {"id": "%s"}, "billing_cadence": "P1M",
                 "price": {"type": "unit", "amount": "1"}, "entitlement": {"type": "boolean"}}""".formatted(featureId);
    }

    /** A tax code that Stripe knows too. */
    public static String taxCode(String key) {
        return """
                {"name": "Software as a Service", "key": "%s",
                 "app_mappings": [{"app_type": "stripe", "tax_code": "txcd_10000000"}]}""".formatted(key);
    }

    /** A monthly fee with a tax code. */
    public static String taxedRateCard(String taxCodeId) {
        return """
                {"name": "Fee", "key": "fee", "billing_cadence": "P1M", "price": {"type": "flat", "amount": "10"},
                 "tax_config": {"behavior": "exclusive", "code": {"id": "%s"}}}""".formatted(taxCodeId);
    }

    /** A currency with two digits after the point. */
    public static String customCurrency(String code) {
        return """
                {"code": "%s", "name": "AI tokens", "symbol": "AIT", "precision": 2, "decimal_mark": ".",
                 "thousand_separator": ","}""".formatted(code);
    }

    /** A monthly plan in dollars with one phase. */
    public static String plan(String key, String... rateCards) {
        return """
                {"name": "Premium Plan", "key": "%s", "currency": "USD", "billing_cadence": "P1M",
                 "phases": [{"name": "default", "key": "default", "rate_cards": [%s]}]}""".formatted(key, String.join(", ", rateCards));
    }

    /** Five dollars each month, without a feature. */
    public static String fee(String key) {
        return """
                {"name": "Fee", "key": "%s", "billing_cadence": "P1M", "price": {"type": "flat", "amount": "5"}}""".formatted(key);
    }

    /** An add-on in dollars that can be bought once. */
    public static String addon(String key, String... rateCards) {
        return """
                {"name": "Extra Storage", "key": "%s", "instance_type": "single", "currency": "USD",
                 "rate_cards": [%s]}""".formatted(key, String.join(", ", rateCards));
    }

    private Fixtures() {}
}
