package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.catalog.model.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a unit of a feature costs us, in the wire's form. It is never invoiced. */
final class UnitCosts {
    /** Each comes from one place: said here, or read from a dimension of the meter. */
    private static final List<String> LLM_FACTS = List.of("provider", "model", "token_type");

    /** In answers only: the price that the facts lead to. */
    private static final String RESOLVED = "pricing";

    /** @param unitCost valid by its schema, or null, or the JSON null */
    static List<Violation> violations(JsonNode unitCost) {
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
            if (unitCost.has(fact) == unitCost.has(fact + "_property")) {
                violations.add(new Violation(
                        "unit_cost_ambiguous",
                        "give either %1$s or %1$s_property".formatted(fact),
                        "unit_cost." + fact));
            }
        }
        return violations;
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
