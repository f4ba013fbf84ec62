package io.usance.catalog.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.usance.runtime.wire.WireSchema;

/** @param meter a body that creates the meter as it is */
@WireSchema("CreateMeterTemplateRequest")
record CreateMeterTemplateRequest(String id, String name, String description, JsonNode meter) {}
