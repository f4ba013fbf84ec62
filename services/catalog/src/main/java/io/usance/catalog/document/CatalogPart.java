package io.usance.catalog.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * A kind of thing that the catalog document lists: how it is written down without ids and times, and how what is written
 * comes about. Everything happens in the caller's transaction; what is refused fails with a problem whose fields are those of
 * the entry.
 */
public interface CatalogPart {
    /** The list in the document, e.g. {@code meters}. Lists are applied in the order of {@link Section}. */
    Section section();

    /** All that is there and in use, by name. */
    Uni<List<ObjectNode>> export(String namespace);

    /** An entry that is valid by its schema, with what may be left out, as {@link #export} would give it. */
    ObjectNode complete(ObjectNode entry);

    /** What sets an entry apart from the others of its list: its key, and what else there is more than one of. */
    default String name(ObjectNode entry) {
        return entry.path("key").asText();
    }

    /** Makes what was not there. */
    Uni<Void> create(String namespace, ObjectNode wanted);

    /** Makes {@code present}, which differs, into {@code wanted}. */
    Uni<Void> change(String namespace, ObjectNode present, ObjectNode wanted);

    /** Ends what is no longer wanted. */
    Uni<Void> remove(String namespace, ObjectNode present);
}
