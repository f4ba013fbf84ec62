package io.usance.catalog.plan.model;

import java.util.Map;
import java.util.Set;

/**
 * What is known of what a plan refers to. What does not exist is missing.
 *
 * @param features state by feature id
 * @param taxCodes state by tax code id
 * @param customCurrencies codes of the tenant's own currencies
 */
public record References(
        Map<String, FeatureState> features, Map<String, TaxCodeState> taxCodes, Set<String> customCurrencies) {}
