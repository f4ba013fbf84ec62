package io.usance.catalog.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usance.runtime.wire.WireSchema;
import java.util.List;

/**
 * A whole catalog as one text, without ids and times: what refers to something else does so by key.
 *
 * @param version of this form, {@value #VERSION}
 */
@WireSchema("CatalogDocument")
@JsonInclude(JsonInclude.Include.NON_NULL)
record CatalogDocument(
        int version,
        List<ObjectNode> taxCodes,
        List<ObjectNode> meters,
        List<ObjectNode> features,
        List<ObjectNode> addons,
        List<ObjectNode> plans) {
    static final int VERSION = 1;

    CatalogDocument {
        taxCodes = orEmpty(taxCodes);
        meters = orEmpty(meters);
        features = orEmpty(features);
        addons = orEmpty(addons);
        plans = orEmpty(plans);
    }

    List<ObjectNode> of(Section section) {
        return switch (section) {
            case TAX_CODES -> taxCodes;
            case METERS -> meters;
            case FEATURES -> features;
            case ADDONS -> addons;
            case PLANS -> plans;
        };
    }

    private static List<ObjectNode> orEmpty(List<ObjectNode> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
