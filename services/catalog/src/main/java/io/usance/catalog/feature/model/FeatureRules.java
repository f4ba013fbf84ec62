package io.usance.catalog.feature.model;

import io.usance.catalog.model.Violation;
import io.usance.contracts.catalog.DimensionFilterSpec;
import io.usance.contracts.catalog.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a feature may count. */
public final class FeatureRules {
    private static final Set<String> RESERVED_DIMENSIONS = Set.of("subject", "customer_id");

    /**
     * Every rule that a feature which counts with {@code meter} breaks.
     *
     * @param filters dimension to condition, null for none
     */
    public static List<Violation> violations(Meter meter, Map<String, DimensionFilterSpec> filters) {
        List<Violation> violations = new ArrayList<>();
        if (!meter.aggregation().isBillable()) {
            violations.add(new Violation(
                    "feature_meter_aggregation_not_billable",
                    "a feature counts with sum, count, unique_count or latest; meter %s has %s"
                            .formatted(meter.key(), meter.aggregation().wireName()),
                    "meter"));
        }
        if (filters != null) {
            filters.forEach((dimension, filter) -> check(meter, dimension, filter, violations));
        }
        return violations;
    }

    private static void check(Meter meter, String dimension, DimensionFilterSpec filter, List<Violation> violations) {
        String field = "meter.filters." + dimension;
        if (RESERVED_DIMENSIONS.contains(dimension)) {
            violations.add(new Violation(
                    "reserved_dimension",
                    "a feature is not restricted to a %s: whose usage it is comes from the customer"
                            .formatted(dimension),
                    field));
        } else if (!meter.dimensions().containsKey(dimension)) {
            violations.add(new Violation(
                    "feature_filter_dimension_unknown",
                    "meter %s has no dimension %s; it has %s"
                            .formatted(
                                    meter.key(),
                                    dimension,
                                    meter.dimensions().keySet().stream()
                                            .sorted()
                                            .toList()),
                    field));
        } else if (filter.depth() > DimensionFilterSpec.DEPTH_MAX) {
            violations.add(new Violation(
                    "feature_filter_too_deep",
                    "conditions nest at most " + DimensionFilterSpec.DEPTH_MAX + " deep",
                    field));
        } else if (filter.equals(new DimensionFilterSpec(null, null, null, null, null, null, null, null, null))) {
            violations.add(new Violation("feature_filter_empty", "a condition needs an operator, such as eq", field));
        }
    }

    private FeatureRules() {}
}
