package io.usance.catalog.currency;

import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.Problems;
import java.util.List;

/** @param costBasis whether currencies are shown with their cost bases in force */
record Expansion(boolean costBasis) {
    private static final String COST_BASIS = "cost_basis";

    /** @param expand words joined by commas, or null; fails with 400 for an unknown one */
    static Expansion parse(String expand) {
        if (expand == null) {
            return new Expansion(false);
        }
        for (String word : expand.split(",", -1)) {
            if (!COST_BASIS.equals(word)) {
                throw Problems.invalid(InvalidParameter.query("expand", "enum", "takes " + COST_BASIS)
                        .withChoices(List.of(COST_BASIS)));
            }
        }
        return new Expansion(true);
    }
}
