package io.usance.contracts.catalog;

/** What is published on {@link io.usance.contracts.Topics#CATALOG}. */
public sealed interface CatalogEvent
        permits MeterCreated,
                MeterUpdated,
                MeterDeleted,
                FeatureCreated,
                FeatureArchived,
                PlanPublished,
                PlanArchived {}
