package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.LlmPriceHistory;
import io.usance.contracts.catalog.Meter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What a unit of a feature costs us, in the wire's form. It is never invoiced. */
final class UnitCosts {
    /** Each comes from one place: said here, or read from a dimension of the meter. */
    private static final List<String> LLM_FACTS = List.of("provider", "model", "token_type");

    private static final String PROPERTY = "_property";

    /** In answers only: the price that the facts lead to. */
    private static final String RESOLVED = "pricing";

    /**
     * @param unitCost valid by its schema, or null, or the JSON null
     * @param meter the feature's, null for none
     */
    static List<Violation> violations(JsonNode unitCost, Meter meter) {
        List<Violation> violations = new ArrayList<>();
        if (unitCost == null || unitCost.isNull()) {
            return violations;
        }
        if ("manual".equals(unitCost.path("type").asText())) {
            if (new BigDecimal(unitCost.path("amount").asText()).signum() < 0) {
                violations.add(
                        new Violation("unit_cost_negative_amount", "a unit cost is not negative", "unit_cost.amount"));
            }
            return violations;
        }
        for (String fact : LLM_FACTS) {
            String dimension = unitCost.path(fact + PROPERTY).textValue();
            if (unitCost.has(fact) == (dimension != null)) {
                violations.add(new Violation(
                        "unit_cost_ambiguous",
                        "give either %1$s or %1$s_property".formatted(fact),
                        "unit_cost." + fact));
            } else if (dimension != null
                    && (meter == null || !meter.dimensions().containsKey(dimension))) {
                violations.add(new Violation(
                        "unit_cost_dimension_unknown",
                        meter == null
                                ? "a feature without a meter has no dimension to take it from"
                                : "meter %s has no dimension %s".formatted(meter.key(), dimension),
                        "unit_cost." + fact + PROPERTY));
            }
        }
        return violations;
    }

    /** The meter's dimensions that a valid unit cost is looked up by; of a unit cost that is null none. */
    static Set<String> dimensions(JsonNode unitCost) {
        return unitCost == null
                ? Set.of()
                : LLM_FACTS.stream()
                        .map(fact -> unitCost.path(fact + PROPERTY).textValue())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
    }

    /** Whether a unit cost, valid or null, says provider, model and token type itself: only then it has one price. */
    static boolean isFixed(JsonNode unitCost) {
        return unitCost != null && LLM_FACTS.stream().allMatch(unitCost::has);
    }

    /** @param fixed as {@link #isFixed} has them */
    static Set<String> providers(List<JsonNode> fixed) {
        return values("provider", fixed);
    }

    /** @param fixed as {@link #isFixed} has them */
    static Set<String> models(List<JsonNode> fixed) {
        return values("model", fixed);
    }

    /** The unit cost with the price that it leads to at an instant; as it is when it leads to none. */
    static JsonNode resolved(JsonNode unitCost, LlmPriceHistory prices, Instant instant) {
        if (!isFixed(unitCost)) {
            return unitCost;
        }
        ObjectNode resolved = unitCost.deepCopy();
        prices.at(unitCost.path("provider").asText(), unitCost.path("model").asText(), instant)
                .ifPresent(price -> resolved.putPOJO(RESOLVED, price.pricing()));
        return resolved;
    }

    private static Set<String> values(String fact, List<JsonNode> fixed) {
        return fixed.stream().map(unitCost -> unitCost.path(fact).asText()).collect(Collectors.toSet());
    }

    /** What is kept of a valid unit cost; null for none. */
    static JsonNode toKeep(JsonNode unitCost) {
        if (unitCost == null || unitCost.isNull()) {
            return null;
        }
        ObjectNode kept = unitCost.deepCopy();
        kept.remove(RESOLVED);
        return kept;
    }

    private UnitCosts() {}
}
