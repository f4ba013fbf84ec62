package io.usance.catalog.addon;

import io.usance.runtime.wire.WireSchema;
import java.util.Map;

/** @param maxQuantity null for no limit */
@WireSchema("CreatePlanAddonRequest")
record CreatePlanAddonRequest(
        String name,
        String description,
        Map<String, String> labels,
        AddonReference addon,
        String fromPlanPhase,
        Integer maxQuantity) {}
