package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.Meter;
import java.math.BigDecimal;
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
