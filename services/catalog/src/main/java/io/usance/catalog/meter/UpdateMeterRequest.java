package io.usance.catalog.meter;

import io.usance.runtime.wire.WireSchema;
import java.util.Map;

/** What is null stays as it is. */
@WireSchema("UpdateMeterRequest")
record UpdateMeterRequest(
        String name, String description, Map<String, String> labels, Map<String, String> dimensions) {}
