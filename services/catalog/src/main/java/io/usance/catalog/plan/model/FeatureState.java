package io.usance.catalog.plan.model;

/** What a plan has to know of a feature. */
public record FeatureState(String key, boolean isMetered, boolean isArchived) {}
