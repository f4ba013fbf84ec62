package io.usance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured with: {@value #METERS} meters of which {@value #METERS_PER_TYPE} match each event, and customers with a
 * subscription of {@value #LINES} metered lines.
 *
 * @param tokens ids of the meters that sum, by the number of the event's type
 * @param runs ids of the meters that count, by the number of the event's type
 * @param probe id of a meter that counts events of {@link #PROBE_TYPE}
 * @param customers ids; the number of a customer is that of its one subject
 */
record Shop(List<String> tokens, List<String> runs, String probe, List<String> customers) {
    static final int METERS = 20;
    static final int METERS_PER_TYPE = 3;

    /** Types of events that make up a load. */
    static final int TYPES = METERS / METERS_PER_TYPE;

    static final int LINES = 5;

    /** Each counts the events of one type in another way, beside a sum and a count of the same type. */
    private static final List<String> THIRD_METERS = List.of(
            "\"aggregation\": \"avg\", \"value_property\": \"$.tokens\"",
            "\"aggregation\": \"min\", \"value_property\": \"$.tokens\"",
            "\"aggregation\": \"max\", \"value_property\": \"$.tokens\"",
            "\"aggregation\": \"latest\", \"value_property\": \"$.tokens\"",
            "\"aggregation\": \"unique_count\", \"value_property\": \"$.user\"",
            "\"aggregation\": \"sum\", \"value_property\": \"$.tokens\"");

    /** Of events that are sent to see how soon they are visible; the meters that are left over count them. */
    static final String PROBE_TYPE = "bench-probe";

    /** What all events of a type come to. */
    record Usage(long events, BigDecimal tokens) {
        Usage plus(Usage other) {
            return new Usage(events + other.events, tokens.add(other.tokens));
        }
    }

    static Shop open(Api api, int customerCount) {
        List<String> tokens = new ArrayList<>();
        List<String> runs = new ArrayList<>();
        for (int type = 0; type < TYPES; type++) {
            tokens.add(meter(api, "tokens_" + type, type(type), """
                    "aggregation": "sum", "value_property": "$.tokens", "dimensions": {"model": "$.model"}"""));
            runs.add(meter(api, "runs_" + type, type(type), """
                    "aggregation": "count", "dimensions": {"region": "$.region"}"""));
            meter(api, "third_" + type, type(type), THIRD_METERS.get(type));
        }
        String probe = "";
        for (int left = TYPES * METERS_PER_TYPE; left < METERS; left++) {
            probe = meter(api, "probe_" + left, PROBE_TYPE, "\"aggregation\": \"count\"");
        }
        plan(api, tokens);
        List<String> customers = new ArrayList<>();
        for (int number = 0; number < customerCount; number++) {
            customers.add(customer(api, number));
        }
        return new Shop(List.copyOf(tokens), List.copyOf(runs), probe, List.copyOf(customers));
    }

    /** The type of events with that number. */
    static String type(int number) {
        return "bench-completion-" + number;
    }

    /** The subject of that number. */
    static String subject(int number) {
        return "subject-" + EventWriter.digits(number, EventWriter.SUBJECT_DIGITS);
    }

    /** What the meters say now of all events of each type. */
    List<Usage> usage(Api api) {
        List<Usage> usage = new ArrayList<>();
        for (int type = 0; type < TYPES; type++) {
            usage.add(new Usage(total(api, runs.get(type)).longValueExact(), total(api, tokens.get(type))));
        }
        return usage;
    }

    private static BigDecimal total(Api api, String meter) {
        JsonNode rows = api.post("/meters/" + meter + "/query", "{}").path("data");
        return rows.isEmpty()
                ? BigDecimal.ZERO
                : new BigDecimal(rows.get(0).path("value").asText());
    }

    private static String meter(Api api, String key, String type, String rest) {
        return api.post("/meters", """
                {"name": "%s", "key": "%s", "event_type": "%s", "events_from": "2020-01-01T00:00:00Z", %s}""".formatted(key, key, type, rest))
                .path("id")
                .asText();
    }

    private static void plan(Api api, List<String> meters) {
        List<String> cards = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            String feature = api.post("/features", """
                    {"name": "Tokens %d", "key": "tokens_%d", "meter": {"id": "%s"}}""".formatted(line, line, meters.get(line)))
                    .path("id")
                    .asText();
            cards.add("""
                    {"name": "Tokens %d", "key": "tokens_%d", "feature": {"id": "%s"}, "billing_cadence": "P1M",
                     "price": {"type": "unit", "amount": "0.001"}}""".formatted(line, line, feature));
        }
        String plan = api.post("/plans", """
                {"name": "Bench", "key": "bench", "currency": "USD", "billing_cadence": "P1M", "phases": [
                  {"name": "Default", "key": "default", "rate_cards": [%s]}]}""".formatted(String.join(", ", cards)))
                .path("id")
                .asText();
        api.post("/plans/" + plan + "/publish", "{}");
    }

    private static String customer(Api api, int number) {
        String customer = api.post("/customers", """
                {"name": "Customer %d", "key": "customer-%d", "usage_attribution": {"subject_keys": ["%s"]}}""".formatted(number, number, subject(number)))
                .path("id")
                .asText();
        api.post("/subscriptions", """
                {"customer": {"id": "%s"}, "plan": {"key": "bench"}}""".formatted(customer));
        return customer;
    }
}
