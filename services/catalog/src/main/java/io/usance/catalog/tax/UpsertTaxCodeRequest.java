package io.usance.catalog.tax;

import io.usance.runtime.wire.WireSchema;
import java.util.List;
import java.util.Map;

/** @param appMappings at most one for each app, may be empty */
@WireSchema("UpsertTaxCodeRequest")
record UpsertTaxCodeRequest(
        String name, String description, Map<String, String> labels, List<AppMapping> appMappings) {}
