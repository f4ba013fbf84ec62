package io.usance.catalog.addon;

import io.usance.runtime.wire.WireSchema;
import java.util.Map;

/**
 * Replaces everything that can change; what is left out is removed.
 *
 * @param maxQuantity null for no limit
 */
@WireSchema("UpsertPlanAddonRequest")
record UpdatePlanAddonRequest(
        String name, String description, Map<String, String> labels, String fromPlanPhase, Integer maxQuantity) {}
