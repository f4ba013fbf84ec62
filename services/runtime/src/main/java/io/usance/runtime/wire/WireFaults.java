package io.usance.runtime.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import io.usance.runtime.problem.InvalidParameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses from everything that a schema check found what helps the caller: of alternatives only the one that was meant, of
 * a value with the wrong type only that.
 */
final class WireFaults {
    private static final Set<String> STEPS_TO_A_CHILD = Set.of("properties", "additionalProperties", "items");

    private final JsonNode description;

    /** @param description the OpenAPI document that the checked schemas are in */
    WireFaults(JsonNode description) {
        this.description = description;
    }

    /** What to tell, in the order of the body. */
    List<InvalidParameter> of(Collection<ValidationMessage> found) {
        Map<ValidationMessage, InvalidParameter> told = new LinkedHashMap<>();
        for (ValidationMessage fault : found) {
            if (!isAllowedNull(fault)) {
                told.put(fault, WireFault.of(fault));
            }
        }
        List<ValidationMessage> unmatched = told.keySet().stream()
                .filter(fault -> "oneOf".equals(fault.getType()))
                .sorted(Comparator.comparing(fault -> fault.getEvaluationPath().getNameCount()))
                .toList();
        for (ValidationMessage none : unmatched) {
            if (told.containsKey(none)) {
                chooseAlternative(none, told);
            }
        }
        Set<JsonNodePath> wrongType = told.keySet().stream()
                .filter(fault -> "type".equals(fault.getType()))
                .map(ValidationMessage::getInstanceLocation)
                .collect(Collectors.toSet());
        told.keySet()
                .removeIf(fault -> !"type".equals(fault.getType()) && wrongType.contains(fault.getInstanceLocation()));
        return told.values().stream().distinct().toList();
    }

    private void chooseAlternative(ValidationMessage none, Map<ValidationMessage, InvalidParameter> told) {
        JsonNodePath path = none.getEvaluationPath();
        List<ValidationMessage> ofAlternatives = told.keySet().stream()
                .filter(fault -> fault != none
                        && fault.getEvaluationPath().startsWith(path)
                        && fault.getInstanceLocation().startsWith(none.getInstanceLocation()))
                .toList();
        JsonNode discriminator = schemaAt(path, path.getNameCount() - 1).path("discriminator");
        if (discriminator.isMissingNode()) {
            if (!ofAlternatives.isEmpty()) {
                told.remove(none);
            }
            return;
        }
        JsonNode body = none.getInstanceNode();
        String property = discriminator.path("propertyName").textValue();
        String field = WireFault.path(none.getInstanceLocation());
        JsonNode kind = body.path(property);
        List<String> kinds = new ArrayList<>();
        discriminator.path("mapping").fieldNames().forEachRemaining(kinds::add);
        if (kind.isTextual() && kinds.contains(kind.textValue())) {
            told.remove(none);
            return;
        }
        ofAlternatives.forEach(told::remove);
        if (!body.isObject()) {
            told.put(none, InvalidParameter.body(field, "is_object", "must be an object"));
        } else if (kind.isMissingNode()) {
            told.put(none, InvalidParameter.body(WireFault.join(field, property), "required", "is required"));
        } else {
            told.put(
                    none,
                    InvalidParameter.body(WireFault.join(field, property), "enum", "must be one of " + kinds)
                            .withChoices(kinds));
        }
    }

    /**
     * Whether a null is wrong only by what {@code allOf} or {@code $ref} say of a property that is {@code nullable} itself,
     * which is how the API's description has it.
     */
    private boolean isAllowedNull(ValidationMessage fault) {
        if (fault.getInstanceNode() == null || !fault.getInstanceNode().isNull()) {
            return false;
        }
        JsonNodePath path = fault.getEvaluationPath();
        boolean nullable = false;
        for (int steps = 1; steps < path.getNameCount(); steps++) {
            if (STEPS_TO_A_CHILD.contains(String.valueOf(path.getElement(steps - 1)))) {
                nullable = false;
            }
            nullable |= schemaAt(path, steps).path("nullable").asBoolean(false);
        }
        return nullable;
    }

    private JsonNode schemaAt(JsonNodePath path, int steps) {
        JsonNode schema = description;
        for (int i = 0; i < steps; i++) {
            Object step = path.getElement(i);
            if ("$ref".equals(step)) {
                schema = description.at(schema.path("$ref").asText().substring(1));
            } else if (step instanceof Integer index) {
                schema = schema.path(index);
            } else {
                schema = schema.path(String.valueOf(step));
            }
        }
        return schema;
    }
}
