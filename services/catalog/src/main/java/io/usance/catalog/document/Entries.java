package io.usance.catalog.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.catalog.document.model.Difference;
import java.util.List;
import java.util.Set;

/** How things are written down in a catalog document. */
public final class Entries {
    /** What a thing has only where it is. */
    private static final Set<String> OF_THE_PLACE = Set.of("id", "created_at", "updated_at", "deleted_at");

    /** Properties that are the same left out and empty. */
    private static final List<String> OPTIONAL = List.of("labels", "dimensions");

    /** A thing in the wire's form, without its id and its times, and without what is empty. */
    public static ObjectNode of(JsonNode thing) {
        ObjectNode entry = thing.deepCopy();
        entry.remove(OF_THE_PLACE);
        entry.properties().removeIf(property -> property.getValue().isNull());
        OPTIONAL.stream().filter(property -> entry.path(property).isEmpty()).forEach(entry::remove);
        return entry;
    }

    /** The property of an entry in which something differs. */
    public static String property(Difference difference) {
        return difference.field().split("[.\\[]", 2)[0];
    }

    private Entries() {}
}
