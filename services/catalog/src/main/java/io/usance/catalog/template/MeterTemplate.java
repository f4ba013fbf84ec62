package io.usance.catalog.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A ready-made meter.
 *
 * @param id stable, in snake_case
 * @param meter a body that creates the meter as it is
 * @param custom whether it is the tenant's own
 */
record MeterTemplate(String id, String name, String description, JsonNode meter, boolean custom) {
    /** All of them: there are few. */
    record All(List<MeterTemplate> data) {}
}
