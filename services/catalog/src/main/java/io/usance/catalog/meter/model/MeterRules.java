package io.usance.catalog.meter.model;

import io.usance.catalog.model.Violation;
import io.usance.kernel.meter.MeterAggregation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a meter must keep beyond the form of its fields. */
public final class MeterRules {
    public static final int DIMENSIONS_MAX = 100;
    public static final int DIMENSION_NAME_LENGTH_MAX = 64;
    public static final int PATH_LENGTH_MAX = 256;

    /** Dimensions that every meter has, from the event itself and not from its data. */
    public static final Set<String> RESERVED_DIMENSIONS = Set.of("subject", "customer_id");

    private static final Pattern DIMENSION_NAME = Pattern.compile("[a-zA-Z_][0-9a-zA-Z_]*");
    private static final String WRONG_ROOT = "$.data.";

    /** Says what is wrong with a JSONPath, or nothing. */
    private final Function<String, Optional<String>> pathFault;

    private final List<Violation> violations = new ArrayList<>();

    private MeterRules(Function<String, Optional<String>> pathFault) {
        this.pathFault = pathFault;
    }

    /**
     * Every violation, in the order of the fields.
     *
     * @param valueProperty null for none
     * @param dimensions name to JSONPath, null for none
     * @param pathFault says what is wrong with a JSONPath, or nothing
     */
    public static List<Violation> violations(
            MeterAggregation aggregation,
            String valueProperty,
            Map<String, String> dimensions,
            Function<String, Optional<String>> pathFault) {
        MeterRules rules = new MeterRules(pathFault);
        rules.checkValueProperty(aggregation, valueProperty);
        if (dimensions != null) {
            rules.checkDimensions(dimensions, valueProperty);
        }
        return rules.violations;
    }

    private void checkValueProperty(MeterAggregation aggregation, String valueProperty) {
        if (aggregation == MeterAggregation.COUNT) {
            if (valueProperty != null) {
                add("value_property_not_allowed", "count counts events: leave value_property out", "value_property");
            }
        } else if (valueProperty == null) {
            add(
                    "value_property_required",
                    aggregation.wireName() + " needs value_property: a JSONPath to the value in the event's data",
                    "value_property");
        } else {
            checkPath("value_property", valueProperty);
        }
    }

    private void checkDimensions(Map<String, String> dimensions, String valueProperty) {
        if (dimensions.size() > DIMENSIONS_MAX) {
            add("too_many_dimensions", "a meter has at most " + DIMENSIONS_MAX + " dimensions", "dimensions");
            return;
        }
        dimensions.forEach((name, path) -> {
            String field = "dimensions." + name;
            if (RESERVED_DIMENSIONS.contains(name)) {
                add("reserved_dimension", name + " is a dimension of every meter: leave it out", field);
            } else if (name.length() > DIMENSION_NAME_LENGTH_MAX
                    || !DIMENSION_NAME.matcher(name).matches()) {
                add(
                        "invalid_dimension_name",
                        "a dimension's name has letters, digits and underscores, starts with no digit and is at most "
                                + DIMENSION_NAME_LENGTH_MAX + " characters long",
                        field);
            }
            if (path.equals(valueProperty)) {
                add("dimension_is_value_property", "a dimension must not be the value that is counted", field);
            } else {
                checkPath(field, path);
            }
        });
    }

    private void checkPath(String field, String path) {
        if (path.length() > PATH_LENGTH_MAX) {
            add("invalid_json_path", "a JSONPath is at most " + PATH_LENGTH_MAX + " characters long", field);
        } else if (path.startsWith(WRONG_ROOT)) {
            String meant = "$." + path.substring(WRONG_ROOT.length());
            add(
                    "json_path_starts_at_event",
                    "paths are relative to data: write " + meant + " instead of " + path
                            + " (or $['data'] for a property of that name inside data)",
                    field);
        } else if (!path.startsWith("$")) {
            add("invalid_json_path", "a JSONPath starts with $, for example $." + path, field);
        } else {
            pathFault.apply(path).ifPresent(fault -> add("invalid_json_path", fault, field));
        }
    }

    private void add(String code, String message, String field) {
        violations.add(new Violation(code, message, field));
    }
}
