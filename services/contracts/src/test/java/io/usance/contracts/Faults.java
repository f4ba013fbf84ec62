package io.usance.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** Faults of JSON against a schema of the public API, each as {@code /place keyword}. */
final class Faults {
    static List<String> of(String pointerToSchema, JsonNode json) {
        return PublicApi.schema(pointerToSchema).validate(json).stream()
                .filter(fault -> !isNullBesideReference(fault))
                .map(Faults::text)
                .distinct()
                .toList();
    }

    private static String text(ValidationMessage fault) {
        String property = fault.getProperty() == null ? "" : "/" + fault.getProperty();
        return fault.getInstanceLocation() + property + " " + fault.getType();
    }

    /** Where the contract has {@code nullable} beside a reference it means that null is fine; the services read it so. */
    private static boolean isNullBesideReference(ValidationMessage fault) {
        return fault.getInstanceNode().isNull()
                && (fault.getEvaluationPath().toString().contains("/unit_cost/allOf/")
                        || fault.getEvaluationPath().toString().contains("/time/allOf/"));
    }

    private Faults() {}
}
