package io.usance.runtime.wire;

import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import io.usance.runtime.problem.InvalidParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says a schema fault in the wire's words. */
final class WireFault {
    private static final String WHOLE_BODY = "body";

    static InvalidParameter of(ValidationMessage fault) {
        String field = path(fault.getInstanceLocation());
        String keyword = fault.getType();
        return switch (keyword) {
            case "required" -> InvalidParameter.body(join(field, fault.getProperty()), "required", "is required");
            case "additionalProperties", "unevaluatedProperties" ->
                InvalidParameter.body(join(field, fault.getProperty()), "unknown_property", "is not a known property");
            case "pattern" -> InvalidParameter.body(field, "matches_regex", "must match " + argument(fault, 0));
            case "enum" ->
                InvalidParameter.body(field, "enum", "must be one of " + argument(fault, 0))
                        .withChoices(choices(fault));
            case "minLength" ->
                InvalidParameter.body(field, "min_length", "must have at least " + count(fault, "character"))
                        .withMinimum(bound(fault));
            case "maxLength" ->
                InvalidParameter.body(field, "max_length", "must have at most " + count(fault, "character"))
                        .withMaximum(bound(fault));
            case "minItems", "minProperties" ->
                InvalidParameter.body(field, "min_items", "must have at least " + count(fault, "item"))
                        .withMinimum(bound(fault));
            case "maxItems", "maxProperties" ->
                InvalidParameter.body(field, "max_items", "must have at most " + count(fault, "item"))
                        .withMaximum(bound(fault));
            case "minimum" ->
                InvalidParameter.body(field, "min", "must be at least " + argument(fault, 0))
                        .withMinimum(bound(fault));
            case "maximum" ->
                InvalidParameter.body(field, "max", "must be at most " + argument(fault, 0))
                        .withMaximum(bound(fault));
            case "type" -> {
                String expected = argument(fault, 1).toLowerCase(Locale.ROOT);
                yield InvalidParameter.body(field, "is_" + expected, "must be " + withArticle(expected));
            }
            case "format" -> {
                String format = argument(fault, 0);
                yield InvalidParameter.body(
                        field,
                        "date-time".equals(format) ? "is_date_time" : "invalid",
                        "date-time".equals(format)
                                ? "must be an RFC 3339 date-time such as 2026-01-31T10:00:00Z"
                                : "must be a valid " + format);
            }
            default -> InvalidParameter.body(field, "invalid", fault.getError());
        };
    }

    static String path(JsonNodePath location) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            if (element instanceof Integer index) {
                path.append('[').append(index).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(element);
            }
        }
        return path.isEmpty() ? WHOLE_BODY : path.toString();
    }

    static String join(String parent, String property) {
        return WHOLE_BODY.equals(parent) ? property : parent + "." + property;
    }

    private static String argument(ValidationMessage fault, int index) {
        Object[] arguments = fault.getArguments();
        return arguments != null && index < arguments.length ? String.valueOf(arguments[index]) : "";
    }

    private static int bound(ValidationMessage fault) {
        return new java.math.BigDecimal(argument(fault, 0)).intValue();
    }

    private static String count(ValidationMessage fault, String unit) {
        int bound = bound(fault);
        return bound + " " + unit + (bound == 1 ? "" : "s");
    }

    private static List<String> choices(ValidationMessage fault) {
        String listed = argument(fault, 0);
        List<String> choices = new ArrayList<>();
        for (String choice : listed.substring(1, listed.length() - 1).split(",")) {
            choices.add(choice.strip().replace("\"", ""));
        }
        return choices;
    }

    private static String withArticle(String type) {
        return switch (type) {
            case "object", "array", "integer" -> "an " + type;
            default -> "a " + type;
        };
    }

    private WireFault() {}
}
