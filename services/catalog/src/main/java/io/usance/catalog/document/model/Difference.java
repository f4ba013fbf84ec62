package io.usance.catalog.document.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * A value that is to change.
 *
 * @param field path into the entry, e.g. {@code phases[0].rate_cards[1].price.amount}
 * @param from null if it is not there yet
 * @param to null if it is to go
 */
public record Difference(String field, JsonNode from, JsonNode to) {

    /** Every difference of two entries, by field; numbers are compared by value. */
    public static List<Difference> between(JsonNode from, JsonNode to) {
        List<Difference> found = new ArrayList<>();
        compare("", from, to, found);
        return found;
    }

    private static void compare(String path, JsonNode from, JsonNode to, List<Difference> found) {
        if (from != null && to != null && from.isObject() && to.isObject()) {
            TreeSet<String> fields = new TreeSet<>();
            addFields(from, fields);
            addFields(to, fields);
            fields.forEach(field ->
                    compare(path.isEmpty() ? field : path + "." + field, from.get(field), to.get(field), found));
        } else if (from != null && to != null && from.isArray() && to.isArray()) {
            for (int i = 0; i < Math.max(from.size(), to.size()); i++) {
                compare(path + "[" + i + "]", from.get(i), to.get(i), found);
            }
        } else if (!isSame(from, to)) {
            found.add(new Difference(path, from, to));
        }
    }

    private static void addFields(JsonNode object, TreeSet<String> fields) {
        Iterator<String> names = object.fieldNames();
        names.forEachRemaining(fields::add);
    }

    private static boolean isSame(JsonNode from, JsonNode to) {
        if (from == null || to == null) {
            return from == to;
        }
        return from.isNumber() && to.isNumber()
                ? from.decimalValue().compareTo(to.decimalValue()) == 0
                : from.equals(to);
    }
}
