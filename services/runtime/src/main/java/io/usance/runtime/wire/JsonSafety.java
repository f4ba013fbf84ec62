package io.usance.runtime.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.runtime.problem.InvalidParameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Refuses JSON that is well-formed but that no database can keep or that would cost far more than its size. */
public final class JsonSafety {
    /** Most digits before and after the point that a number may need when written out. */
    public static final int NUMBER_DIGITS_MAX = 1_000;

    /** How deep objects and arrays may nest: whoever walks the tree, such as the check against a schema, recurs. */
    public static final int NESTING_MAX = 100;

    /**
     * Faults of the whole tree: text with the character NUL or with half a character, which would come back as another text,
     * numbers too long to write out, and what nests too deep.
     */
    public static List<InvalidParameter> faults(JsonNode tree) {
        List<InvalidParameter> faults = new ArrayList<>();
        check("", tree, 1, faults);
        return faults;
    }

    private static void check(String path, JsonNode node, int depth, List<InvalidParameter> faults) {
        if (node.isContainerNode() && depth > NESTING_MAX) {
            faults.add(InvalidParameter.body(path, "invalid", "must not nest more than " + NESTING_MAX + " deep"));
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                String name = property.getKey();
                if (isUnstorable(name)) {
                    faults.add(InvalidParameter.body(
                            path.isEmpty() ? "body" : path,
                            "invalid",
                            "must not have a property name with the character NUL or a lone surrogate"));
                } else {
                    check(path.isEmpty() ? name : path + "." + name, property.getValue(), depth + 1, faults);
                }
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(path + "[" + i + "]", node.get(i), depth + 1, faults);
            }
        } else if (node.isTextual() && isUnstorable(node.textValue())) {
            faults.add(InvalidParameter.body(
                    path.isEmpty() ? "body" : path,
                    "invalid",
                    "must not contain the character NUL or a lone surrogate"));
        } else if (node.isNumber() && isTooLong(node.decimalValue())) {
            faults.add(InvalidParameter.body(
                    path, "invalid", "must have at most " + NUMBER_DIGITS_MAX + " digits when written out"));
        }
    }

    /** Whether {@code text} cannot be written as UTF-8, or not to a database. */
    private static boolean isUnstorable(String text) {
        return text.codePoints()
                .anyMatch(character -> character == 0 || Character.getType(character) == Character.SURROGATE);
    }

    /** Whether writing {@code number} without an exponent takes more than {@value #NUMBER_DIGITS_MAX} digits. */
    public static boolean isTooLong(BigDecimal number) {
        long digitsBefore = (long) number.precision() - number.scale();
        return Math.max(digitsBefore, number.precision()) > NUMBER_DIGITS_MAX || number.scale() > NUMBER_DIGITS_MAX;
    }

    private JsonSafety() {}
}
