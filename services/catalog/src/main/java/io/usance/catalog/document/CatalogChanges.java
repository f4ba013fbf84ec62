package io.usance.catalog.document;

import com.fasterxml.jackson.annotation.JsonValue;
import io.usance.catalog.document.model.Difference;
import java.util.List;
import java.util.Locale;

/**
 * What applying a document changes.
 *
 * @param changes in the order in which they are made; empty when everything is as the document says
 * @param unchanged entries of the document that are so already
 */
record CatalogChanges(List<Change> changes, int unchanged) {

    /**
     * @param kind e.g. {@code meter}
     * @param name key, and what else sets it apart
     * @param fields what differs; null unless something is updated
     */
    record Change(String kind, String name, Action action, List<Difference> fields) {}

    enum Action {
        CREATE,
        UPDATE,
        REMOVE;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
