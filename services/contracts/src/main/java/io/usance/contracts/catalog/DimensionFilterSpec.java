package io.usance.contracts.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.kernel.meter.DimensionFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A condition on one dimension, in the wire's form; all given operators must hold.
 *
 * @param in at most 100 values
 * @param nin at most 100 values
 * @param and at most 10 conditions
 * @param or at most 10 conditions
 */
public record DimensionFilterSpec(
        Boolean exists,
        String eq,
        String neq,
        List<String> in,
        List<String> nin,
        String contains,
        String ncontains,
        List<DimensionFilterSpec> and,
        List<DimensionFilterSpec> or) {
    /** How deep conditions may be nested in {@code and} and {@code or}. */
    public static final int DEPTH_MAX = 2;

    /** The condition as something that can be asked. */
    public DimensionFilter toFilter() {
        List<DimensionFilter> filters = new ArrayList<>();
        if (exists != null) {
            filters.add(new DimensionFilter.Exists(exists));
        }
        if (eq != null) {
            filters.add(new DimensionFilter.In(Set.of(eq)));
        }
        if (neq != null) {
            filters.add(new DimensionFilter.Not(new DimensionFilter.In(Set.of(neq))));
        }
        if (in != null) {
            filters.add(new DimensionFilter.In(Set.copyOf(in)));
        }
        if (nin != null) {
            filters.add(new DimensionFilter.Not(new DimensionFilter.In(Set.copyOf(nin))));
        }
        if (contains != null) {
            filters.add(new DimensionFilter.Contains(contains));
        }
        if (ncontains != null) {
            filters.add(new DimensionFilter.Not(new DimensionFilter.Contains(ncontains)));
        }
        if (and != null) {
            filters.add(new DimensionFilter.All(toFilters(and)));
        }
        if (or != null) {
            filters.add(new DimensionFilter.Any(toFilters(or)));
        }
        return new DimensionFilter.All(filters);
    }

    /** The conditions as something that can be asked, by dimension; none for null. */
    public static Map<String, DimensionFilter> toFilters(Map<String, DimensionFilterSpec> specs) {
        return specs == null
                ? Map.of()
                : specs.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, spec -> spec.getValue().toFilter()));
    }

    /** How deep {@code and} and {@code or} are nested in it: 1 without any. */
    public int depth() {
        return 1 + Math.max(depth(and), depth(or));
    }

    /** Puts the shorthand {@code "dimension": "value"} into its long form {@code "dimension": {"eq": "value"}}. */
    public static void expandShorthand(JsonNode filters) {
        if (filters instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> filter : object.properties()) {
                if (filter.getValue().isTextual()) {
                    filter.setValue(JsonNodeFactory.instance.objectNode().set("eq", filter.getValue()));
                }
            }
        }
    }

    private static List<DimensionFilter> toFilters(List<DimensionFilterSpec> specs) {
        return specs.stream().map(DimensionFilterSpec::toFilter).toList();
    }

    private static int depth(List<DimensionFilterSpec> nested) {
        return nested == null
                ? 0
                : nested.stream().mapToInt(DimensionFilterSpec::depth).max().orElse(0);
    }
}
