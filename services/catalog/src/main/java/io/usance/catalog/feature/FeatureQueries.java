package io.usance.catalog.feature;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.catalog.FeatureCost;
import io.usance.contracts.catalog.UnitCost;
import io.usance.runtime.list.ListRequest;
import io.usance.runtime.list.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
class FeatureQueries {
    @Inject
    FeatureRepository features;

    @Inject
    FeatureViews views;

    @Inject
    ObjectMapper json;

    @WithSession
    Uni<Page<FeatureView>> list(String namespace, ListRequest request) {
        return features.list(namespace, request)
                .chain(page -> views.of(namespace, page.data()).map(data -> new Page<>(data, page.meta())));
    }

    /** Archived ones too, since what was subscribed to earlier still refers to them. */
    @WithSession
    Uni<FeatureView> get(String namespace, String id) {
        return features.get(namespace, id).chain(views::of);
    }

    /** Like {@link #get}. */
    @WithSession
    Uni<FeatureCost> cost(String namespace, String id) {
        return features.get(namespace, id)
                .map(row -> new FeatureCost(row.toFeature(), json.convertValue(row.unitCost, UnitCost.class)));
    }
}
