package io.usance.catalog.addon;

import io.usance.contracts.catalog.RateCard;
import io.usance.runtime.wire.WireSchema;
import java.util.List;
import java.util.Map;

@WireSchema("CreateAddonRequest")
record CreateAddonRequest(
        String key,
        String name,
        String description,
        Map<String, String> labels,
        String instanceType,
        String currency,
        List<RateCard> rateCards) {}
