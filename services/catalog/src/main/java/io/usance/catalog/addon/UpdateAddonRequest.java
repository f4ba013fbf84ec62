package io.usance.catalog.addon;

import io.usance.contracts.catalog.RateCard;
import io.usance.runtime.wire.WireSchema;
import java.util.List;
import java.util.Map;

/** Replaces everything that can change; what is left out is removed. */
@WireSchema("UpsertAddonRequest")
record UpdateAddonRequest(
        String name, String description, Map<String, String> labels, String instanceType, List<RateCard> rateCards) {}
